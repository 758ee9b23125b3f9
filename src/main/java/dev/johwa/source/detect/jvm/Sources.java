package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Java, Kotlin, Scala and Groovy files of a module, and what they say of the program.
final class Sources {
    private static final Pattern JAVA_MAIN =
            Pattern.compile("(?m)\\b(public\\s+static|static\\s+public)\\s+void\\s+main\\s*\\(|^void\\s+main\\s*\\("
                    + "|^\\s*static\\s+(void\\s+)?main\\s*\\(");
    private static final Pattern KOTLIN_MAIN = Pattern.compile("(?m)^(suspend\\s+)?fun\\s+main\\s*\\(");
    private static final Pattern KOTLIN_STATIC = Pattern.compile("@JvmStatic\\s+fun\\s+main\\s*\\(");
    private static final Pattern KOTLIN_NAME = Pattern.compile("@file:JvmName\\(\"(\\w+)\"\\)");
    private static final Pattern KOTLIN_OBJECT = Pattern.compile("(?m)^(?:object|class)\\s+(\\w+)");
    private static final Pattern SCALA_MAIN = Pattern.compile("(?m)^@main\\s+def\\s+(\\w+)"
            + "|^(?:case\\s+)?object\\s+(\\w+)\\s+extends\\s+[^{\\n]*\\b(?:App|IOApp|ZIOApp|ZIOAppDefault)\\b");
    private static final Pattern SCALA_METHOD = Pattern.compile("\\bdef\\s+main\\s*\\(");
    private static final Pattern SCALA_OBJECT = Pattern.compile("(?m)^object\\s+(\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)[ \\t]*(?:;|$|\\r)");
    private static final Pattern LIKELY =
            Pattern.compile(".*(Main|App|Application|Server|Launcher)(Kt)?\\.(java|kt|scala|groovy)");
    private static final Pattern SOURCE = Pattern.compile(".*\\.(java|kt|scala|groovy)");
    private static final Pattern TYPE = Pattern.compile("[\\w.$]+");
    private static final int MOST_READ = 400;

    private final Folder folder;
    private final List<String> files;

    /// Those of each module that somebody asked for.
    private record Known(Map<String, Sources> modules) {}

    /// @param module its folder, `.` for the root
    static Sources of(Folder folder, String module) {
        return folder.once(Known.class, _ -> new Known(new HashMap<>()))
                .modules()
                .computeIfAbsent(module, place -> new Sources(folder, place));
    }

    private Sources(Folder folder, String module) {
        this.folder = folder;
        this.files = files(module, "src/main/").or(() -> files(module, "src/")).or(() -> files(module, "app/")).stream()
                .flatMap(Sources::likelyFirst)
                .limit(MOST_READ)
                .toList();
    }

    private static Stream<String> likelyFirst(List<String> files) {
        var isLikely = files.stream().collect(Collectors.partitioningBy(LIKELY.asMatchPredicate()));
        return Stream.of(true, false).map(isLikely::get).flatMap(List::stream);
    }

    private Optional<List<String>> files(String module, String below) {
        var start = module.equals(".") ? below : module + "/" + below;
        var tests = start + "test";
        var found = folder.files(name -> name.startsWith(start)
                && !name.startsWith(tests)
                && SOURCE.matcher(name).matches());
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /// A type that can be started, and the file with its main method.
    record Main(String type, String file) {}

    /// The first in a file whose name says so, else the first in order.
    Optional<Main> main() {
        return files.stream().flatMap(file -> main(file).stream()).findFirst();
    }

    private Optional<Main> main(String file) {
        var text = folder.read(file).orElse("");
        var name = switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "kt" -> kotlin(file, text);
            case "scala" -> scala(text);
            case String _ -> JAVA_MAIN.matcher(text).find() ? Optional.of(plainName(file)) : Optional.<String>empty();
        };
        var place = PACKAGE.matcher(text)
                .results()
                .map(found -> found.group(1) + ".")
                .collect(Collectors.joining());
        return name.map(simple -> place + simple)
                .filter(type -> TYPE.matcher(type).matches())
                .map(type -> new Main(type, file));
    }

    private static String plainName(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    }

    /// A function outside of every class lies in a class that is named by its file.
    private static Optional<String> kotlin(String file, String text) {
        if (KOTLIN_MAIN.matcher(text).find()) {
            var plain = plainName(file);
            return group(KOTLIN_NAME, text)
                    .or(() -> Optional.of(
                            plain.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + plain.substring(1) + "Kt"));
        }
        return KOTLIN_STATIC.matcher(text).find() ? group(KOTLIN_OBJECT, text) : Optional.empty();
    }

    private static Optional<String> scala(String text) {
        return group(SCALA_MAIN, text)
                .or(() -> SCALA_METHOD.matcher(text).find() ? group(SCALA_OBJECT, text) : Optional.empty());
    }

    /// The first group of the first match that took part in it.
    static Optional<String> group(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .flatMap(found -> groups(found).stream())
                .findFirst();
    }

    private static List<String> groups(MatchResult found) {
        var groups = new ArrayList<String>();
        for (int i = 1; i <= found.groupCount(); i++) {
            Optional.ofNullable(found.group(i)).ifPresent(groups::add);
        }
        return groups;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    boolean says(Pattern pattern) {
        return files.stream().anyMatch(file -> folder.says(file, pattern));
    }

    /// What the first group of a pattern holds where it is first found.
    Optional<Said> find(Pattern pattern) {
        for (var file : files) {
            var found = group(pattern, folder.read(file).orElse(""));
            if (found.isPresent()) {
                return Optional.of(new Said(file, found.get()));
            }
        }
        return Optional.empty();
    }

    /// A text, and the file that says it.
    record Said(String file, String text) {}

    /// The type that implements something, by the file in which that is written.
    Optional<Main> implementing(Pattern declaration) {
        return files.stream()
                .filter(file -> folder.says(file, declaration))
                .flatMap(file -> {
                    var text = folder.read(file).orElse("");
                    var place = group(PACKAGE, text).map(found -> found + ".").orElse("");
                    return group(declaration, text).map(type -> new Main(place + type, file)).stream();
                })
                .findFirst();
    }
}
