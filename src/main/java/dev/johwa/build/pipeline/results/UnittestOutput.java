package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Python's unittest, and Django's on top of it: a double line, `FAIL: test_x (module.Class.test_x)`, a traceback, and
/// at
/// the end `Ran 3 tests in 0.001s`.
final class UnittestOutput {
    private static final Pattern START =
            Pattern.compile("(FAIL|ERROR): (\\S+)(?: \\(([^)]*)\\))?(?: (\\(.*\\)|\\[.*]))?.*");
    private static final Pattern FRAME = Pattern.compile("\\s+File \"([^\"]+)\", line (\\d+).*");
    private static final Pattern RAN = Pattern.compile("Ran (\\d{1,9}) tests? in .*");
    private static final Pattern SKIPPED = Pattern.compile("(?:OK|FAILED) \\(.*?\\bskipped=(\\d{1,9}).*");
    private static final String IMPORT = "ImportError: Failed to import test module:";

    private final Paths paths;

    UnittestOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            var ran = RAN.matcher(lines.get(i));
            if (ran.matches()) {
                run = Integer.parseInt(ran.group(1));
            }
            var skips = SKIPPED.matcher(lines.get(i));
            if (skips.matches()) {
                skipped = Integer.parseInt(skips.group(1));
            }
            var start = START.matcher(lines.get(i));
            if (start.matches() && i > 0 && lines.get(i - 1).startsWith("=====")) {
                failures.add(failure(name(start.group(2), start.group(3), start.group(4)), lines, afterHead(lines, i)));
            }
        }
        return new TestResults(Math.max(run - skipped, failures.size()), skipped, failures);
    }

    /// The first line after the dashes; the first line of the test's documentation may stand before them.
    private static int afterHead(List<String> lines, int start) {
        for (int i = start + 1; i < Math.min(start + 4, lines.size()); i++) {
            if (lines.get(i).startsWith("-----")) {
                return i + 1;
            }
        }
        return start + 1;
    }

    private static String name(String method, @Nullable String place, @Nullable String parameters) {
        if (place == null) {
            return method;
        }
        if (place.contains("_FailedTest")) {
            return method + " cannot be imported";
        }
        var name = place.endsWith("." + method) ? place : place + "." + method;
        return parameters == null ? name : name + " " + parameters;
    }

    private Failure failure(String test, List<String> lines, int start) {
        var where = "";
        var message = new ArrayList<String>();
        for (int i = start; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith("=====") || line.startsWith("-----") || line.startsWith("Ran ")) {
                break;
            }
            var frame = FRAME.matcher(line);
            if (frame.matches()) {
                where = paths.isOwn(frame.group(1)) ? paths.relative(frame.group(1)) + ":" + frame.group(2) : where;
                continue;
            }
            boolean isCode = line.startsWith(" ") && message.isEmpty();
            if (!line.isBlank() && !isCode && !line.startsWith("Traceback") && !line.startsWith(IMPORT)) {
                message.add(line);
            }
        }
        message.removeIf(line -> line.startsWith("    ") || line.startsWith("  File "));
        return new Failure(test, String.join("\n", message), where);
    }
}
