package dev.johwa.source.detect.start;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A heroku.yml: what it runs and releases by. Its images are not built until containers come; the values of
/// `build.config` and `setup.config` are taken.
final class HerokuYml {
    static final String FILE = "heroku.yml";

    private HerokuYml() {}

    static Optional<Said> read(Folder folder) {
        return folder.read(FILE).map(HerokuYml::read);
    }

    private static Said read(String text) {
        var said = new Said(FILE);
        try {
            Yaml.read(FILE, text, said.problems).ifPresent(root -> read(root, said));
        } catch (ProblemException e) {
            said.problems.addAll(e.problems());
        }
        return said;
    }

    private static void read(Node root, Said said) {
        entries(at(root, "run")).forEach((name, node) -> {
            var line = line(node);
            if (line.isEmpty()) {
                said.problem(node.place().line(), "run." + name.text() + " says no command", "write NAME: COMMAND");
            } else {
                said.processes.put(name.text(), line);
            }
        });
        var release = line(at(root, "release"));
        said.release = release.isEmpty() ? Optional.empty() : Optional.of(release);
        for (var part : List.of("build", "setup")) {
            entries(at(at(root, part), "config")).forEach((name, node) -> {
                if (node instanceof Node.Scalar value) {
                    said.environment.put(name.text(), value.text());
                }
            });
        }
        if (at(at(root, "build"), "docker") != null) {
            said.remarks.add("its images are not built; what it runs is started beside the stack that was found");
        }
        if (at(at(root, "setup"), "addons") != null) {
            said.remarks.add("addons are not brought; `johwa secrets set` gives the application their addresses");
        }
    }

    /// A command, or a list of them below `command`.
    private static String line(@Nullable Node node) {
        return switch (node) {
            case Node.Scalar value -> value.isNull() ? "" : value.text().strip();
            case Node.Sequence list ->
                list.items().stream()
                        .map(HerokuYml::line)
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(" && "));
            case Node.Mapping _ -> line(at(node, "command"));
            case null -> "";
        };
    }

    private static @Nullable Node at(@Nullable Node node, String name) {
        return entries(node).entrySet().stream()
                .filter(entry -> entry.getKey().text().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Map<Node.Key, Node> entries(@Nullable Node node) {
        return node instanceof Node.Mapping map ? map.entries() : Map.of();
    }
}
