package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// TAP, as node's test runner prints it: `not ok 2 - adds`, with `location:` and `error:` in the block that follows;
/// suites are not counted, only the tests in them.
final class TapOutput {
    private static final Pattern TEST = Pattern.compile("\\s*(ok|not ok) \\d+(?: -)? (.*?)(\\s# (SKIP|TODO).*)?");
    private static final Pattern FIELD = Pattern.compile("\\s*(location|error|type|failureType): (.*)");
    private static final int BLOCK = 40;

    private TapOutput() {}

    static TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        for (int i = 0; i < lines.size(); i++) {
            var test = TEST.matcher(lines.get(i));
            if (!test.matches()) {
                continue;
            }
            var block = block(lines, i + 1);
            if (block.stream().anyMatch(line -> line.strip().equals("type: 'suite'"))) {
                continue;
            }
            if (test.group(3) != null) {
                skipped++;
                continue;
            }
            run++;
            if (test.group(1).equals("not ok")) {
                failures.add(failure(test.group(2), block));
            }
        }
        return new TestResults(run, skipped, failures);
    }

    private static List<String> block(List<String> lines, int start) {
        if (start >= lines.size() || !lines.get(start).strip().equals("---")) {
            return List.of();
        }
        var block = new ArrayList<String>();
        for (int i = start + 1; i < Math.min(lines.size(), start + BLOCK); i++) {
            if (lines.get(i).strip().equals("...")) {
                break;
            }
            block.add(lines.get(i));
        }
        return block;
    }

    private static Failure failure(String test, List<String> block) {
        var where = "";
        var message = "";
        for (int i = 0; i < block.size(); i++) {
            var field = FIELD.matcher(block.get(i));
            if (!field.matches()) {
                continue;
            }
            var value = field.group(2).replaceAll("^'|'$", "");
            if (field.group(1).equals("location")) {
                where = Paths.relative(value).replaceFirst(":\\d+$", "");
            } else if (field.group(1).equals("error")) {
                message = value.equals("|-") ? text(block, i + 1) : value;
            }
        }
        return new Failure(test, message, where);
    }

    private static String text(List<String> block, int start) {
        var text = new ArrayList<String>();
        for (int i = start; i < block.size() && !FIELD.matcher(block.get(i)).matches() && text.size() < 6; i++) {
            if (!block.get(i).isBlank()) {
                text.add(block.get(i).strip());
            }
        }
        return String.join("\n", text);
    }
}
