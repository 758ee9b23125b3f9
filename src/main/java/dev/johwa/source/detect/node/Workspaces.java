package dev.johwa.source.detect.node;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.detect.stack.Folder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// The packages of a repository that are installed together, as npm, yarn, bun (`workspaces` in package.json), pnpm
/// (pnpm-workspace.yaml) and Lerna (lerna.json) name them.
///
/// @param file that names them
/// @param members their folders, relative with `/`, in order; each holds a package.json
public record Workspaces(String file, List<String> members) {
    public Workspaces {
        members = List.copyOf(members);
    }

    /// Empty when the folder names no packages, and when it names some and has none. A file that cannot be read names
    /// none here: who reads it as a manifest tells what is wrong with it.
    public static Optional<Workspaces> read(Folder folder) {
        return pnpm(folder)
                .or(() -> json(folder, "package.json", "workspaces"))
                .or(() -> json(folder, "lerna.json", "packages"))
                .filter(workspaces -> !workspaces.members().isEmpty());
    }

    /// Whether Nx builds what a repository holds.
    public static boolean isNx(Folder repository) {
        return NxProject.isWhole(repository);
    }

    /// Folders with a project of Nx, which needs no package.json; in order.
    public static List<String> ofNx(Folder repository) {
        return NxProject.places(repository);
    }

    /// Whether a folder is one of its packages.
    public boolean has(String place) {
        return members.contains(place);
    }

    private static Optional<Workspaces> pnpm(Folder folder) {
        var file = "pnpm-workspace.yaml";
        return folder.read(file).flatMap(text -> yaml(file, text)).flatMap(root -> {
            var packages = root instanceof Node.Mapping mapping
                    ? mapping.entries().entrySet().stream()
                            .filter(entry -> entry.getKey().text().equals("packages"))
                            .findFirst()
                    : Optional.<Map.Entry<Node.Key, Node>>empty();
            return packages.map(Map.Entry::getValue).map(list -> of(folder, file, texts(list)));
        });
    }

    private static List<String> texts(Node list) {
        return switch (list) {
            case Node.Sequence sequence ->
                sequence.items().stream().flatMap(item -> texts(item).stream()).toList();
            case Node.Scalar scalar -> List.of(scalar.text());
            case Node.Mapping _ -> List.of();
        };
    }

    private static Optional<Node> yaml(String file, String text) {
        try {
            return Yaml.read(file, text);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<Workspaces> json(Folder folder, String file, String key) {
        return folder.read(file).flatMap(NodePackage::parsed).flatMap(json -> {
            var named = json.path(key).isObject() ? json.path(key).path("packages") : json.path(key);
            var patterns = new ArrayList<String>();
            for (JsonNode each : named) {
                patterns.add(each.asString(""));
            }
            return patterns.isEmpty() ? Optional.empty() : Optional.of(of(folder, file, patterns));
        });
    }

    private static Workspaces of(Folder folder, String file, List<String> patterns) {
        var wanted = patterns.stream()
                .filter(pattern -> !pattern.startsWith("!"))
                .flatMap(pattern -> matcher(pattern).stream())
                .toList();
        var unwanted = patterns.stream()
                .filter(pattern -> pattern.startsWith("!"))
                .flatMap(pattern -> matcher(pattern.substring(1)).stream())
                .toList();
        var members = folder.files(deepest(patterns), name -> name.endsWith("/package.json")).stream()
                .map(name -> name.substring(0, name.length() - "/package.json".length()))
                .filter(place -> matches(wanted, place) && !matches(unwanted, place))
                .sorted()
                .toList();
        return new Workspaces(file, members);
    }

    private static int deepest(List<String> patterns) {
        return patterns.stream()
                .mapToInt(pattern -> pattern.contains("**") ? Folder.DEEPEST : pattern.split("/").length)
                .max()
                .orElse(0);
    }

    private static boolean matches(List<PathMatcher> patterns, String place) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(Path.of(place)));
    }

    /// Empty for what is no pattern.
    private static Optional<PathMatcher> matcher(String pattern) {
        var plain = pattern.strip().replaceFirst("^\\./", "").replaceFirst("/+$", "");
        try {
            return Optional.of(FileSystems.getDefault().getPathMatcher("glob:" + plain));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
