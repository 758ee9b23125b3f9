package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// TAP, as node's test runner prints it: `not ok 2 - adds`, with `location:` and `error:` in the block that follows;
/// suites are not counted, only the tests in them. A file that cannot run is a test by the name of its path.
final class TapOutput {
    private static final Pattern TEST =
            Pattern.compile("(\\s*)(ok|not ok) \\d+(?: -)? (.*?)(\\s# (?:SKIP|TODO).*)?(?: # time=.*)?");
    private static final Pattern SUBTEST = Pattern.compile("(\\s*)# Subtest: (.*)");
    private static final Pattern SOURCE = Pattern.compile("# (/\\S+|\\./\\S+):(\\d+)");
    private static final Pattern THROWN = Pattern.compile("# (\\w*(?:Error|Exception)\\b.*)");

    private final Paths paths;
    private final List<String> suites = new ArrayList<>();
    private final Tally tally = new Tally();

    TapOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            var subtest = SUBTEST.matcher(lines.get(i));
            if (subtest.matches()) {
                enter(subtest.group(1).length() / 4, subtest.group(2));
            }
            var test = TEST.matcher(lines.get(i));
            if (test.matches()) {
                int depth = test.group(1).length() / 4;
                var block = new TapBlock(lines, i);
                // A sum of what stood further in, from others than node, who count only that.
                if (depth >= last || block.field("duration_ms").isPresent()) {
                    test(name(depth, test.group(3)), test.group(2).equals("ok"), test.group(4) != null, block);
                }
                last = depth;
            }
        }
        return tally.results();
    }

    private void enter(int depth, String name) {
        while (suites.size() > depth) {
            suites.removeLast();
        }
        suites.add(name);
    }

    private String name(int depth, String written) {
        var own = written.replaceAll("\\\\([#\\\\])", "$1");
        var above = suites.subList(0, Math.min(depth, suites.size()));
        return above.isEmpty() ? own : String.join(" > ", above) + " > " + own;
    }

    private void test(String name, boolean isOk, boolean isMarked, TapBlock block) {
        boolean isSuite =
                block.field("type").filter(type -> type.equals("suite")).isPresent();
        boolean byInner = block.field("failureType")
                .filter(type -> type.equals("subtestsFailed"))
                .isPresent();
        if (isMarked) {
            tally.skipped(name);
            return;
        }
        if (byInner) {
            // Node counts a test that failed for its inner ones too, and no suite.
            tally.counted(isSuite ? 0 : 1, 0);
            return;
        }
        if (!isSuite) {
            tally.ranMillis(
                    isOk ? name : paths.relative(name),
                    block.field("duration_ms").orElse(""));
        }
        if (!isOk) {
            tally.failed(failure(name, block));
        }
    }

    private Failure failure(String name, TapBlock block) {
        var location =
                block.field("location").map(place -> paths.relative(place).replaceFirst(":\\d+$", ""));
        var message = block.message();
        if (name.startsWith("/") || message.equals("test failed")) {
            return wholeFile(name, location.orElse(""), block);
        }
        return new Failure(name, message, block.where(paths).or(() -> location).orElse(""));
    }

    /// What a file said before it ended stands in comments above.
    private Failure wholeFile(String name, String location, TapBlock block) {
        var where = location;
        var message = "the file cannot run";
        for (var line : block.before()) {
            var source = SOURCE.matcher(line);
            if (source.matches() && paths.isOwn(source.group(1))) {
                where = paths.relative(source.group(1)) + ":" + source.group(2);
            }
            var thrown = THROWN.matcher(line);
            message = thrown.matches() ? thrown.group(1) : message;
        }
        return new Failure(paths.relative(name), message, where);
    }
}
