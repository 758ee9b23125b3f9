package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What RSpec, Minitest, ExUnit and PHPUnit print: each failure under a number, `  1) test is wrong (CalcTest)`, with
/// its words and places, and one line with the sums.
final class NumberedOutput {
    private static final Pattern START = Pattern.compile("\\s{0,2}\\d{1,6}\\) (.+)");
    private static final Pattern SUM = Pattern.compile("(?:\\d+ \\w+, )*\\d+ (?:examples?|tests?|runs|doctests?), .*"
            + "|Tests: \\d+, Assertions: .*|OK \\(\\d+ tests?, .*|\\d+ (?:tests?|examples?), \\d+ failures?.*");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) ([a-z]+)|([A-Z][a-z]+): (\\d{1,9})");
    private static final Pattern HEAD = Pattern.compile("(\\S+) \\[(\\S+):(\\d+)]:|(\\S+#\\S+):");
    private static final Pattern PLACE =
            Pattern.compile("(?:# |at |^)\\(?([^\\s:()]{1,500}\\.(?:rb|exs?|php)):(\\d{1,9})\\b.*");
    private static final Pattern END = Pattern.compile(
            "Finished in .*|Failed examples:|ERRORS!|FAILURES!|WARNINGS!|--|There (?:was|were) \\d+ .*|Failures:");
    private static final List<String> KINDS = List.of("Failure:", "Error:", "Skipped:");

    private final Paths paths;
    private final Tally tally = new Tally();
    private boolean isPending;

    NumberedOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            // Marked ones stand under numbers of their own.
            boolean isMarked = line.startsWith("Pending:")
                    || line.matches("There (?:was|were) \\d+ (?:skipped|incomplete|risky) .*");
            boolean isFailing = line.equals("Failures:") || line.matches("There (?:was|were) \\d+ (?:failure|error).*");
            isPending = isMarked || isPending && !isFailing;
            var start = START.matcher(line);
            if (start.matches() && !isPending) {
                block(start.group(1).strip(), lines, i + 1);
            } else if (SUM.matcher(line).matches()) {
                sum(line);
            }
        }
        return tally.results();
    }

    private void sum(String line) {
        var count = COUNT.matcher(line);
        int run = 0;
        int skipped = 0;
        while (count.find()) {
            boolean isBefore = count.group(1) != null;
            int number = Integer.parseInt(isBefore ? count.group(1) : count.group(4));
            switch (isBefore ? count.group(2) : count.group(3)) {
                case "examples", "example", "tests", "test", "runs", "doctest", "doctests", "Tests" -> run += number;
                case "pending", "skipped", "excluded", "skips", "Skipped", "Incomplete" -> skipped += number;
                case String _ -> {}
            }
        }
        tally.counted(Math.max(0, run - skipped), skipped);
    }

    private void block(String title, List<String> lines, int start) {
        var name = title;
        var first = "";
        var thrown = "";
        boolean isStack = false;
        var message = new ArrayList<String>();
        for (int i = start; i < lines.size(); i++) {
            var line = lines.get(i);
            if (START.matcher(line).matches()
                    || END.matcher(line).matches()
                    || SUM.matcher(line).matches()) {
                break;
            }
            var head = HEAD.matcher(line);
            if (KINDS.contains(title) && name.equals(title) && head.matches()) {
                name = head.group(1) == null ? head.group(4) : head.group(1);
                first = head.group(1) == null ? "" : paths.relative(head.group(2)) + ":" + head.group(3);
                continue;
            }
            var text = line.strip();
            var place = PLACE.matcher(text);
            if (place.matches()) {
                boolean isOwn = paths.isOwn(place.group(1));
                var where = paths.relative(place.group(1)) + ":" + place.group(2);
                first = first.isEmpty() && isOwn ? where : first;
                thrown = thrown.isEmpty() && isOwn && isStack ? where : thrown;
            } else if (!text.isEmpty() && !text.equals("stacktrace:")) {
                message.add(text);
            }
            isStack |= text.equals("stacktrace:");
        }
        if (!title.equals("Skipped:")) {
            tally.failed(new Failure(name, String.join("\n", message), thrown.isEmpty() ? first : thrown));
        }
    }
}
