package dev.johwa.build.pipeline.results;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Paths as the project knows them.
///
/// @param folder in which the command ran
record Paths(Path folder) {
    private static final Pattern FRAME = Pattern.compile("\\bat (?:.*\\()?(?:file://)?([^()\\s]+?):(\\d+):\\d+\\)?$");
    private static final Pattern FOREIGN =
            Pattern.compile("^(node:|\\.\\./)|node_modules/|site-packages/|/lib/python\\d|^<|^native\\b");

    /// Without the folder in which steps see the application (`/_/` in what .NET builds the same everywhere), and
    /// without a leading `./`.
    String relative(String path) {
        var plain = path.replaceFirst("^file://", "");
        var start = folder.toAbsolutePath().normalize() + "/";
        var below = plain.startsWith(start) ? plain.substring(start.length()) : plain.replaceFirst("^/(?:app|_)/", "");
        return below.replaceFirst("^\\./", "");
    }

    /// `tests/test_calc.py::CalcTest` of `tests.test_calc.CalcTest`, when there is such a file.
    Optional<String> python(String dotted) {
        for (int end = dotted.length(); end > 0; end = dotted.lastIndexOf('.', end - 1)) {
            var file = dotted.substring(0, end).replace('.', '/') + ".py";
            if (isFile(file)) {
                return Optional.of(file + dotted.substring(end).replace(".", "::"));
            }
        }
        return Optional.empty();
    }

    private boolean isFile(String name) {
        try {
            return Files.isRegularFile(folder.resolve(name));
        } catch (InvalidPathException e) {
            // Whatever a report names so is no file.
            return false;
        }
    }

    /// Whether a file is of the project, not of its runtime or packages.
    boolean isOwn(String path) {
        var relative = relative(path);
        return !FOREIGN.matcher(relative).find() && !relative.startsWith("/");
    }

    /// `file:line` of a frame of JavaScript (`at name (file:line:column)`), when it is of the project.
    Optional<String> javaScript(String line) {
        var frame = FRAME.matcher(line.strip());
        return frame.find() && isOwn(frame.group(1))
                ? Optional.of(relative(frame.group(1)) + ":" + frame.group(2))
                : Optional.empty();
    }
}
