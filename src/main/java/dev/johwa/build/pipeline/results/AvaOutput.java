package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// AVA's own words: `✘ [fail]: is wrong`, then a part for each failure under its name, and sums such as `1 test
/// failed`.
final class AvaOutput {
    private static final Pattern FAILED = Pattern.compile("\\s*✘ \\[fail]: (.+)");
    private static final Pattern SUM = Pattern.compile(
            "\\s*(\\d{1,9}) (?:tests?|known failures?|uncaught exceptions?) ?(passed|failed|skipped|todo)?");
    private static final String RULE = "─";

    private final Frames frames;
    private final Tally tally = new Tally();

    AvaOutput(Paths paths) {
        this.frames = new Frames(paths, paths.folder());
    }

    TestResults read(List<String> lines) {
        for (var line : lines) {
            var failed = FAILED.matcher(line);
            if (failed.matches()) {
                failed(failed.group(1).strip(), lines);
            }
            var sum = SUM.matcher(line);
            if (sum.matches() && sum.group(2) != null) {
                int count = Integer.parseInt(sum.group(1));
                boolean isRun = sum.group(2).equals("passed") || sum.group(2).equals("failed");
                tally.counted(isRun ? count : 0, isRun ? 0 : count);
            }
        }
        return tally.results();
    }

    private void failed(String name, List<String> lines) {
        int start = -1;
        for (int i = 1; i < lines.size() && start < 0; i++) {
            boolean isHead = lines.get(i).strip().equals(name);
            start = isHead ? i + 1 : -1;
        }
        var part = new ArrayList<String>();
        for (int i = Math.max(start, 0); start > 0 && i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.equals(RULE)) {
                break;
            }
            part.add(line);
        }
        var message = part.stream()
                .filter(line -> !line.isEmpty() && !line.matches("\\d+: .*|› .*|\\S+:\\d+"))
                .toList();
        var where = frames.other(String.join("\n", part)).orElse("");
        tally.failed(new Failure(name, String.join("\n", message), where));
    }
}
