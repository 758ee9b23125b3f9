package dev.johwa.source.detect.go;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.Syntax;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A module of Go, as its go.mod tells it.
///
/// @param place its folder, relative, ending in `/`; empty at the root
/// @param path by which code imports it, or empty
record GoModule(String place, String path, boolean requires) {
    private static final Pattern MODULE = Pattern.compile("(?m)^module\\s+\"?([^\\s\"]+)");
    private static final Pattern REQUIRE = Pattern.compile("(?m)^require\\b");
    private static final Pattern GO = Pattern.compile("(?m)^go\\s+(\\d+\\.\\d+(?:\\.\\d+)?)");
    private static final Pattern USE = Pattern.compile("(?m)^use\\s+(\\([^)]*\\)|\\S+)");
    private static final Pattern COMMENT = Pattern.compile("(?m)//.*$");
    private static final List<String> MANIFESTS = List.of("go.mod", "go.work", "package.json", "pyproject.toml");
    private static final int MOST_MODULES = 200;

    /// Those that go.work uses, else the one at the root; none where the folder is not of Go.
    static List<GoModule> all(Folder folder) {
        var places = new LinkedHashSet<String>();
        folder.read("go.work").ifPresent(text -> {
            var uses = USE.matcher(COMMENT.matcher(text).replaceAll(""));
            while (uses.find()) {
                for (var word : uses.group(1).split("[\\s()]+")) {
                    place(word).ifPresent(places::add);
                }
            }
        });
        if (places.isEmpty()) {
            places.add("");
        }
        if (isPlain(folder)) {
            return List.of(new GoModule("", GoImports.path(folder), true));
        }
        return places.stream()
                .filter(place -> folder.has(place + "go.mod"))
                .limit(MOST_MODULES)
                .map(place -> read(folder, place))
                .toList();
    }

    /// A program at the root without a go.mod, as before there were modules; beside other manifests it is a tool.
    static boolean isPlain(Folder folder) {
        return folder.first(MANIFESTS).isEmpty()
                && folder.files(0, name -> name.endsWith(".go")).stream()
                        .anyMatch(name -> folder.says(name, GoPrograms.MAIN));
    }

    /// A folder below this one; what lies outside is not in the repository.
    private static Optional<String> place(String word) {
        var path = word.replace("\"", "");
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        var folder = Path.of(path).normalize().toString();
        boolean isOutside = folder.startsWith("..") || folder.startsWith("/");
        return isOutside ? Optional.empty() : Optional.of(folder.isEmpty() ? "" : folder + "/");
    }

    private static GoModule read(Folder folder, String place) {
        var text = folder.read(place + "go.mod").orElse("");
        var named = MODULE.matcher(text);
        return new GoModule(
                place, named.find() ? named.group(1) : "", REQUIRE.matcher(text).find());
    }

    String file() {
        return place + "go.mod";
    }

    /// The last part of its path that is a name, not a version.
    String name() {
        return path.replaceFirst("(/v\\d+)?$", "").replaceFirst(".*/", "");
    }

    /// The least version that a file asks for.
    static Optional<Ask> least(Folder folder, String file) {
        var found = GO.matcher(folder.read(file).orElse(""));
        return found.find() ? Ask.of(file, found.group(1), Syntax.LEAST) : Optional.empty();
    }
}
