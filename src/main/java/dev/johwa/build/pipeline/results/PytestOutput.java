package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// pytest: sections under `____ test_y ____` with places (`test_x.py:12: …`) and messages (`E   …`), a short summary
/// with
/// `FAILED test_x.py::test_y - …`, and a last line with the counts.
final class PytestOutput {
    private static final Pattern SECTION = Pattern.compile("_{3,} (.+) _{3,}");
    private static final Pattern PLACE = Pattern.compile("([^\\s:]+\\.py):(\\d+):.*");
    private static final Pattern BROKEN = Pattern.compile("E\\s+File \"([^\"]+)\", line (\\d+).*");
    private static final Pattern MESSAGE = Pattern.compile("E {2,}(\\S.*)");
    private static final Pattern FAILED =
            Pattern.compile("(FAILED|ERROR|SUBFAILED\\S*) (\\S+?\\.py(?:::.*?)?)(?: - (.*))?");
    private static final Pattern COUNT =
            Pattern.compile("(\\d{1,9}) (passed|failed|skipped|errors?|xfailed|xpassed)\\b");
    private static final Pattern LAST = Pattern.compile("=*\\s*\\d+ [a-z]+.* in [0-9.]+s\\b.*");

    private final Paths paths;
    private final Map<String, Deque<Section>> sections = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private Section current = new Section();
    private int run;
    private int skipped;

    PytestOutput(Paths paths) {
        this.paths = paths;
    }

    private static final class Section {
        private final List<String> message = new ArrayList<>();
        private String where = "";
    }

    TestResults read(List<String> lines) {
        for (var line : lines) {
            section(line);
            var failed = FAILED.matcher(line);
            if (failed.matches()) {
                failures.add(failure(failed.group(2), failed.group(3)));
            }
            if (LAST.matcher(line).matches()) {
                count(line);
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }

    private void section(String line) {
        var head = SECTION.matcher(line);
        if (head.matches()) {
            current = new Section();
            var name = head.group(1).strip().replaceFirst("^ERROR (at setup of|at teardown of|collecting) ", "");
            sections.computeIfAbsent(name, each -> new ArrayDeque<>()).add(current);
            return;
        }
        var place = PLACE.matcher(line);
        if (place.matches() && paths.isOwn(place.group(1))) {
            current.where = paths.relative(place.group(1)) + ":" + place.group(2);
        }
        var broken = BROKEN.matcher(line);
        if (broken.matches()) {
            current.where = paths.relative(broken.group(1)) + ":" + broken.group(2);
            return;
        }
        var message = MESSAGE.matcher(line);
        if (message.matches() && !message.group(1).matches("[\\^ ]+|def .*")) {
            current.message.add(message.group(1));
        }
    }

    private Failure failure(String id, @Nullable String summary) {
        var parts = id.split("::", 2);
        var name = parts.length == 1 ? id : parts[1].replace("::", ".");
        var section = Optional.ofNullable(sections.get(name))
                .or(() -> sections.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(name + " "))
                        .map(Map.Entry::getValue)
                        .findFirst())
                .map(Deque::poll);
        var message = section.map(found -> String.join("\n", found.message)).filter(text -> !text.isEmpty());
        var otherwise = summary == null ? "" : summary;
        var test = parts.length == 1 ? id + " cannot be imported" : id;
        return new Failure(
                test,
                message.orElse(otherwise),
                section.map(found -> found.where).orElse(""));
    }

    private void count(String line) {
        run = 0;
        var counts = COUNT.matcher(line);
        while (counts.find()) {
            int count = Integer.parseInt(counts.group(1));
            if (counts.group(2).equals("skipped")) {
                skipped = count;
            } else {
                run += count;
            }
        }
    }
}
