package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// pytest's short summary: `FAILED test_x.py::test_y - AssertionError: …`, places as `test_x.py:12: AssertionError`,
/// and the last line with its counts.
final class PytestOutput {
    private static final Pattern FAILED = Pattern.compile("(?:FAILED|ERROR) (\\S+)(?: - (.*))?");
    private static final Pattern PLACE = Pattern.compile("(\\S+\\.py):(\\d+): .*");
    private static final Pattern COUNT = Pattern.compile("(\\d+) (passed|failed|skipped|errors?|xfailed|xpassed)");

    private PytestOutput() {}

    static TestResults read(List<String> lines) {
        Map<String, String> places = new HashMap<>();
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (var line : lines) {
            var place = PLACE.matcher(line);
            if (place.matches()) {
                places.putIfAbsent(place.group(1), place.group(1) + ":" + place.group(2));
            }
            var failed = FAILED.matcher(line);
            if (failed.matches()) {
                var file = failed.group(1).replaceFirst("::.*", "");
                var message = failed.group(2) == null ? "" : failed.group(2);
                failures.add(new Failure(failed.group(1), message, places.getOrDefault(file, "")));
            }
            if (line.matches("=*\\s*.*\\d+ (passed|failed|error|errors|skipped).* in [0-9.]+s.*")) {
                var counts = COUNT.matcher(line);
                run = 0;
                while (counts.find()) {
                    int count = Integer.parseInt(counts.group(1));
                    skipped = counts.group(2).equals("skipped") ? count : skipped;
                    run += counts.group(2).equals("skipped") ? 0 : count;
                }
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }
}
