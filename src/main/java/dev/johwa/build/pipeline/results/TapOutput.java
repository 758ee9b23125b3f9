package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// TAP, as node's test runner prints it: `not ok 2 - adds`, with `location:` and `error:` in the block that follows;
/// suites are not counted, only the tests in them. A file that cannot run is a test by the name of its path.
final class TapOutput {
    private static final Pattern TEST = Pattern.compile("(\\s*)(ok|not ok) \\d+(?: -)? (.*?)(\\s# (?:SKIP|TODO).*)?");
    private static final Pattern SUBTEST = Pattern.compile("(\\s*)# Subtest: (.*)");
    private static final Pattern FIELD =
            Pattern.compile("\\s*(location|duration_ms|error|message|at|type|failureType|stack|code|name): ?(.*)");
    private static final Pattern SOURCE = Pattern.compile("# (/\\S+|\\./\\S+):(\\d+)");
    private static final Pattern THROWN = Pattern.compile("# (\\w*(?:Error|Exception)\\b.*)");
    private static final int BLOCK = 200;
    private static final int BEFORE = 60;

    private final Paths paths;
    private final List<String> suites = new ArrayList<>();
    private final Tally tally = new Tally();

    TapOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var subtest = SUBTEST.matcher(lines.get(i));
            if (subtest.matches()) {
                enter(subtest.group(1).length() / 4, subtest.group(2));
            }
            var test = TEST.matcher(lines.get(i));
            if (test.matches()) {
                var name = name(test.group(1).length() / 4, test.group(3));
                test(name, test.group(2).equals("ok"), test.group(4) != null, new Block(lines, i));
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

    private String name(int depth, String own) {
        var above = suites.subList(0, Math.min(depth, suites.size()));
        return above.isEmpty() ? own : String.join(" > ", above) + " > " + own;
    }

    private void test(String name, boolean isOk, boolean isMarked, Block block) {
        boolean isSuite =
                block.field("type").filter(type -> type.equals("suite")).isPresent();
        boolean byInner = block.field("failureType")
                .filter(type -> type.equals("subtestsFailed"))
                .isPresent();
        if (isMarked) {
            tally.skipped(name);
            return;
        }
        if (!isSuite && !byInner) {
            tally.ranMillis(
                    isOk ? name : paths.relative(name),
                    block.field("duration_ms").orElse(""));
        }
        if (!isOk && !byInner) {
            tally.failed(failure(name, block));
        }
    }

    private Failure failure(String name, Block block) {
        var location =
                block.field("location").map(place -> paths.relative(place).replaceFirst(":\\d+$", ""));
        var message = block.text("error").or(() -> block.text("message")).orElse("");
        if (name.startsWith("/") || message.equals("test failed")) {
            return wholeFile(name, location.orElse(""), block);
        }
        var thrown = block.lines("stack").stream()
                .flatMap(frame -> paths.javaScript("at " + frame.strip()).stream())
                .findFirst()
                .or(() -> block.at(paths));
        return new Failure(name, message, thrown.or(() -> location).orElse(""));
    }

    /// What a file said before it ended stands in comments above.
    private Failure wholeFile(String name, String location, Block block) {
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

    /// The indented lines below a test.
    private record Block(List<String> all, int at) {
        List<String> before() {
            return all.subList(Math.max(0, at - BEFORE), at);
        }

        private List<String> below() {
            if (at + 1 >= all.size() || !all.get(at + 1).strip().equals("---")) {
                return List.of();
            }
            for (int i = at + 2; i < Math.min(all.size(), at + BLOCK); i++) {
                if (all.get(i).strip().equals("...")) {
                    return all.subList(at + 2, i);
                }
            }
            return all.subList(at + 2, Math.min(all.size(), at + BLOCK));
        }

        Optional<String> field(String name) {
            return below().stream()
                    .map(FIELD::matcher)
                    .filter(field -> field.matches() && field.group(1).equals(name))
                    .map(field -> field.group(2).replaceAll("^'|'$", ""))
                    .findFirst();
        }

        /// The lines of a text that begins with `|-`.
        List<String> lines(String name) {
            var found = new ArrayList<String>();
            boolean isIn = false;
            for (var line : below()) {
                var field = FIELD.matcher(line);
                if (field.matches() && isIn) {
                    break;
                }
                if (isIn) {
                    found.add(line);
                }
                isIn |= field.matches() && field.group(1).equals(name);
            }
            return found;
        }

        /// Where others than node say it: `at: 'file:4:5'`, or folded below `at: >-`.
        Optional<String> at(Paths paths) {
            return field("at")
                    .flatMap(place ->
                            new Frames(paths, paths.folder()).other(place + "\n" + String.join("\n", lines("at"))));
        }

        Optional<String> text(String name) {
            return field(name)
                    .map(value -> value.startsWith("|")
                            ? String.join(
                                    "\n",
                                    lines(name).stream()
                                            .map(String::strip)
                                            .filter(line -> !line.isEmpty())
                                            .toList())
                            : value);
        }
    }
}
