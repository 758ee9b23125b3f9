package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Playwright: a part for each test that failed once, under `  1) sum.spec.js:4:3 › sum › is wrong ───`, and at the end
/// a sum for each outcome with the names below it. One that passed when it was tried again counts as passed.
final class PlaywrightOutput {
    private static final String NAME = "((?:\\[[^]]*] › )?\\S+?:\\d+:\\d+ › .+?)(?: ─+)?\\s*";
    private static final Pattern START = Pattern.compile("\\s{1,4}\\d+\\) " + NAME);
    private static final Pattern TOLD = Pattern.compile("\\s{2,6}" + NAME);
    private static final Pattern PARTS = Pattern.compile("(?:\\[[^]]*] › )?(\\S+?:\\d+):\\d+ › (.+)");
    private static final Pattern SUM = Pattern.compile(
            "\\s+(\\d{1,9}) (failed|interrupted|flaky|skipped|did not run|passed)(?: \\([0-9.a-z]+\\))?\\s*");
    private static final Pattern CODE = Pattern.compile(">?\\s*(?:\\d+ )?\\|.*");

    private final Paths paths;
    private final Frames frames;
    private final Tally tally = new Tally();

    PlaywrightOutput(Paths paths) {
        this.paths = paths;
        this.frames = new Frames(paths, paths.folder());
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var sum = SUM.matcher(lines.get(i));
            if (!sum.matches()) {
                continue;
            }
            int count = Integer.parseInt(sum.group(1));
            boolean isSkipped = sum.group(2).matches("skipped|did not run");
            tally.counted(isSkipped ? 0 : count, isSkipped ? count : 0);
            if (sum.group(2).matches("failed|interrupted")) {
                names(lines, i + 1).forEach(name -> tally.failed(failure(name, lines)));
            }
        }
        return tally.results();
    }

    private static List<String> names(List<String> lines, int start) {
        var names = new ArrayList<String>();
        for (int i = start; i < lines.size(); i++) {
            var told = TOLD.matcher(lines.get(i));
            if (!told.matches()) {
                break;
            }
            names.add(told.group(1));
        }
        return names;
    }

    private Failure failure(String name, List<String> lines) {
        var part = part(name, lines);
        var said = String.join("\n", part);
        var message = part.stream()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("at "))
                .filter(line -> !line.isEmpty() && !CODE.matcher(line).matches())
                .toList();
        var parts = PARTS.matcher(name);
        var test = parts.matches() ? parts.group(2).replace(" › ", " > ") : name;
        var declared = parts.matches() ? paths.relative(parts.group(1)) : "";
        return new Failure(test, String.join("\n", message), frames.other(said).orElse(declared));
    }

    /// What was said when it failed first.
    private static List<String> part(String name, List<String> lines) {
        var part = new ArrayList<String>();
        boolean isIn = false;
        for (var line : lines) {
            var start = START.matcher(line);
            boolean isStart = start.matches();
            boolean isEnd =
                    isStart || SUM.matcher(line).matches() || line.strip().startsWith("Retry #");
            if (isIn && isEnd) {
                break;
            }
            if (isIn) {
                part.add(line);
            }
            isIn |= isStart && start.group(1).equals(name);
        }
        return part;
    }
}
