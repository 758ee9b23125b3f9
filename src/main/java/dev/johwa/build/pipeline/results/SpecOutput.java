package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The form of node's test runner for people: counts after `ℹ`, and under `failing tests:` each with `test at
/// file:line:column`, its name after `✖`, and what was thrown.
final class SpecOutput {
    private static final Pattern COUNT = Pattern.compile("ℹ (tests|skipped|todo) (\\d{1,9})");
    private static final Pattern PLACE = Pattern.compile("test at (.+):(\\d+):\\d+");
    private static final Pattern NAME = Pattern.compile("✖ (.*?)(?: \\([0-9.]+ms\\))?");

    private final Paths paths;

    SpecOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            var count = COUNT.matcher(lines.get(i));
            if (count.matches() && count.group(1).equals("tests")) {
                run = Integer.parseInt(count.group(2));
            } else if (count.matches()) {
                skipped += Integer.parseInt(count.group(2));
            }
            var place = PLACE.matcher(lines.get(i));
            var name = i + 1 < lines.size() ? NAME.matcher(lines.get(i + 1)) : NAME.matcher("");
            if (place.matches() && name.matches()) {
                var where = paths.relative(place.group(1)) + ":" + place.group(2);
                failures.add(failure(paths.relative(name.group(1)), where, lines, i + 2));
            }
        }
        return new TestResults(Math.max(run - skipped, failures.size()), skipped, failures);
    }

    private Failure failure(String name, String declared, List<String> lines, int start) {
        var message = new ArrayList<String>();
        var where = declared;
        boolean isThrown = false;
        for (int i = start; i < lines.size() && !PLACE.matcher(lines.get(i)).matches(); i++) {
            var line = lines.get(i).strip();
            var frame = paths.javaScript(line);
            if (frame.isPresent() && !isThrown) {
                where = frame.get();
            }
            isThrown |= line.startsWith("at ");
            if (!line.isEmpty() && !isThrown) {
                message.add(line.replaceFirst("^'(.*)'$", "$1"));
            }
        }
        return new Failure(name, String.join("\n", message), where);
    }
}
