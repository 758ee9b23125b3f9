package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// CTest: `2/3 Test #2: is_wrong ....***Failed    0.00 sec`, and what the test said below it.
final class CtestOutput {
    private static final Pattern TEST = Pattern.compile(
            "\\s*\\d+/\\d+ Test\\s+#\\d+: (\\S+) \\.*\\s*(\\**)([A-Za-z ]+?)(?: \\(.*\\))?\\s+([0-9.]+) sec.*");
    private static final Pattern NEXT =
            Pattern.compile("\\s*(?:Start\\s+\\d+: .*|\\d+/\\d+ Test\\s+#.*|\\d+% tests passed.*)");

    private final Frames frames;
    private final Tally tally = new Tally();

    CtestOutput(Paths paths) {
        this.frames = new Frames(paths, paths.folder());
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var test = TEST.matcher(lines.get(i));
            if (!test.matches()) {
                continue;
            }
            var outcome = test.group(3).strip();
            if (outcome.equals("Skipped")
                    || outcome.equals("Not Run") && lines.get(i).contains("Disabled")) {
                tally.skipped(test.group(1));
                continue;
            }
            tally.ran(test.group(1), test.group(4));
            if (!outcome.equals("Passed")) {
                var said = said(lines, i + 1);
                var message = said.isEmpty() ? outcome.toLowerCase(Locale.ROOT) : said;
                tally.failed(
                        new Failure(test.group(1), message, frames.other(said).orElse("")));
            }
        }
        return tally.results();
    }

    private static String said(List<String> lines, int start) {
        var said = new ArrayList<String>();
        for (int i = start; i < lines.size() && !NEXT.matcher(lines.get(i)).matches(); i++) {
            if (!lines.get(i).isBlank()) {
                said.add(lines.get(i).strip());
            }
        }
        return String.join("\n", said);
    }
}
