package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Python's unittest: `FAIL: test_x (module.Class.test_x)`, a traceback, and at the end `Ran 3 tests in 0.001s`.
final class UnittestOutput {
    private static final Pattern START = Pattern.compile("(FAIL|ERROR): (\\S+)(?: \\(([^)]*)\\))?.*");
    private static final Pattern FRAME = Pattern.compile("\\s+File \"([^\"]+)\", line (\\d+).*");
    private static final Pattern RAN = Pattern.compile("Ran (\\d+) tests? in .*");
    private static final Pattern SKIPPED = Pattern.compile(".*skipped=(\\d+).*");

    private UnittestOutput() {}

    static TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            var ran = RAN.matcher(lines.get(i));
            if (ran.matches()) {
                run = Integer.parseInt(ran.group(1));
            }
            var skips = SKIPPED.matcher(lines.get(i));
            if (skips.matches()
                    && (lines.get(i).startsWith("OK") || lines.get(i).startsWith("FAILED"))) {
                skipped = Integer.parseInt(skips.group(1));
            }
            var start = START.matcher(lines.get(i));
            if (start.matches() && i + 1 < lines.size() && lines.get(i + 1).startsWith("---")) {
                failures.add(failure(name(start.group(2), start.group(3)), lines, i + 2));
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }

    private static String name(String method, @org.jspecify.annotations.Nullable String place) {
        return place == null ? method : place.endsWith("." + method) ? place : place + "." + method;
    }

    private static Failure failure(String test, List<String> lines, int start) {
        var where = "";
        var message = new ArrayList<String>();
        for (int i = start; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith("===") || line.startsWith("---") || line.startsWith("Ran ")) {
                break;
            }
            var frame = FRAME.matcher(line);
            if (frame.matches()) {
                if (!frame.group(1).contains("/lib/python")) {
                    where = Paths.relative(frame.group(1)) + ":" + frame.group(2);
                }
                continue;
            }
            if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("Traceback")) {
                message.add(line);
            }
        }
        return new Failure(test, String.join("\n", message), where);
    }
}
