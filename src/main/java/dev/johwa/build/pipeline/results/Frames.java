package dev.johwa.build.pipeline.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds in the text of a failure where it was: the first place in the project's own files.
///
/// @param paths of the application
/// @param report the file that tells it, near which sources of the JVM lie
record Frames(Paths paths, Path report) {
    private static final Pattern JVM =
            Pattern.compile("at (?:[^\\s(]*/)?([\\w.$]+)\\.[\\w$<>-]+\\((\\w+\\.(?:java|kt|scala|groovy)):(\\d+)\\)");
    /// `at name (file:4:19)` and `❯ file:5:19` of JavaScript, `file.py:6: in test` of Python, `file.php:6`,
    /// `file.rb:5:in`,
    /// `src/lib.rs:8:56`, `in File.cs:line 12`.
    private static final Pattern OTHER = Pattern.compile(
            "(?:file://)?([^\\s()'\"`:]{1,500}"
                    + "\\.(?:py|[cm]?[jt]sx?|vue|svelte|php|rb|exs?|rs|go|cs|fs|vb|cpp|cc|c|h|swift|dart)):(?:line )?(\\d{1,9})\\b");
    private static final List<String> SOURCES = List.of(
            "src/test/java",
            "src/main/java",
            "src/test/kotlin",
            "src/main/kotlin",
            "src/test/scala",
            "src/test/groovy");
    private static final int MOST_FRAMES = 100;
    private static final int LONGEST = 50_000;
    /// `MODULE/build/test-results/test/TEST-X.xml` of Gradle is the deepest.
    private static final int MOST_ABOVE = 5;

    /// @param type class of the test, when it has one
    String where(String type, String text) {
        var jvm = jvm(type, text);
        return jvm.isEmpty() ? other(text).orElse("") : jvm;
    }

    /// Python tells the innermost place last, everybody else first.
    Optional<String> other(String text) {
        var frame = OTHER.matcher(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        Optional<String> found = Optional.empty();
        for (int i = 0; i < MOST_FRAMES && frame.find(); i++) {
            if (!paths.isOwn(frame.group(1))) {
                continue;
            }
            found = Optional.of(paths.relative(frame.group(1)) + ":" + frame.group(2));
            if (!frame.group(1).endsWith(".py")) {
                return found;
            }
        }
        return found;
    }

    /// The first frame whose source lies in the module of the report, else in the test's own file.
    private String jvm(String type, String text) {
        var simple = type.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
        var fallback = "";
        var frame = JVM.matcher(text);
        for (int i = 0; i < MOST_FRAMES && frame.find(); i++) {
            var source = source(frame.group(1), frame.group(2));
            if (source.isPresent()) {
                return paths.relative(source.get().toString()) + ":" + frame.group(3);
            }
            if (fallback.isEmpty() && (simple.isEmpty() || frame.group(2).startsWith(simple + "."))) {
                fallback = frame.group(2) + ":" + frame.group(3);
            }
        }
        return fallback;
    }

    private Optional<Path> source(String type, String file) {
        int dot = type.lastIndexOf('.');
        var below = dot < 0 ? file : type.substring(0, dot).replace('.', '/') + "/" + file;
        var module = Optional.ofNullable(report.getParent());
        for (int i = 0; i < MOST_ABOVE && module.isPresent(); i++) {
            var root = module.get();
            var found = SOURCES.stream()
                    .map(folder -> root.resolve(folder).resolve(below))
                    .filter(Files::isRegularFile)
                    .findFirst();
            if (found.isPresent() || root.equals(paths.folder())) {
                return found;
            }
            module = Optional.ofNullable(root.getParent());
        }
        return Optional.empty();
    }
}
