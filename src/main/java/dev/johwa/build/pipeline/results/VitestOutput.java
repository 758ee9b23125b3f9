package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Vitest: ` FAIL  file > suite > test`, the error, ` ❯ file:line:column`, and `Tests  1 failed | 2 passed (3)`.
final class VitestOutput {
    private static final Pattern BLOCK = Pattern.compile("\\s*FAIL {2}(.+)");
    private static final Pattern PLACE = Pattern.compile("\\s*❯ (?:.* )?(\\S+):(\\d+):\\d+\\s*");
    /// It is printed elsewhere than the failures are, and may come in the middle of them.
    private static final Pattern SUMMARY =
            Pattern.compile("\\s+(Test Files|Tests|Start at|Duration|Snapshots|Errors|Type Errors) {2}.*");
    private static final Pattern TESTS = Pattern.compile("\\s+Tests {2}.*");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) (failed|passed|skipped|todo)\\b");

    private final Paths paths;

    VitestOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            var block = BLOCK.matcher(lines.get(i));
            if (block.matches()) {
                failures.add(failure(block.group(1).strip(), lines, i + 1));
            }
            if (TESTS.matcher(lines.get(i)).matches()) {
                var counts = COUNT.matcher(lines.get(i));
                while (counts.find()) {
                    int count = Integer.parseInt(counts.group(1));
                    boolean isRun =
                            counts.group(2).equals("failed") || counts.group(2).equals("passed");
                    run += isRun ? count : 0;
                    skipped += isRun ? 0 : count;
                }
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }

    private Failure failure(String name, List<String> lines, int start) {
        var message = new ArrayList<String>();
        var where = "";
        for (int i = start; i < lines.size(); i++) {
            var line = lines.get(i);
            if (BLOCK.matcher(line).matches() || line.startsWith("⎯")) {
                break;
            }
            var place = PLACE.matcher(line);
            if (place.matches()) {
                if (paths.isOwn(place.group(1))) {
                    where = paths.relative(place.group(1)) + ":" + place.group(2);
                    break;
                }
            } else if (!line.isBlank() && !SUMMARY.matcher(line).matches()) {
                message.add(line.strip());
            }
        }
        return new Failure(name.replaceFirst(" \\[ .* ]$", ""), String.join("\n", message), where);
    }
}
