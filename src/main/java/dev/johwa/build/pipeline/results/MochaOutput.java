package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Mocha: `1 passing`, `1 pending`, `2 failing`, and then each under `1) suite`, its title ending in a colon.
final class MochaOutput {
    private static final Pattern COUNT = Pattern.compile("\\s+(\\d{1,9}) (passing|pending|failing)\\b.*");
    private static final Pattern BLOCK = Pattern.compile("\\s{2}\\d+\\) (.*)");

    private final Paths paths;

    MochaOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        boolean isTold = false;
        for (int i = 0; i < lines.size(); i++) {
            var count = COUNT.matcher(lines.get(i));
            if (count.matches()) {
                int number = Integer.parseInt(count.group(1));
                run += count.group(2).equals("pending") ? 0 : number;
                skipped += count.group(2).equals("pending") ? number : 0;
                isTold |= count.group(2).equals("failing");
            }
            var block = BLOCK.matcher(lines.get(i));
            if (isTold && block.matches()) {
                failures.add(failure(block.group(1), lines, i + 1));
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }

    private Failure failure(String suite, List<String> lines, int start) {
        var title = new ArrayList<>(List.of(suite.strip()));
        int i = start;
        while (!title.getLast().endsWith(":") && i < Math.min(lines.size(), start + 20)) {
            title.add(lines.get(i++).strip());
        }
        var message = new ArrayList<String>();
        var where = "";
        for (; i < lines.size() && !BLOCK.matcher(lines.get(i)).matches(); i++) {
            var line = lines.get(i).strip();
            if (line.startsWith("at ")) {
                where = where.isEmpty() ? paths.javaScript(line).orElse("") : where;
            } else if (!line.isEmpty()) {
                message.add(line);
            }
        }
        var name = String.join(
                " > ", title.stream().filter(part -> !part.isEmpty()).toList());
        return new Failure(name.replaceFirst(":$", ""), String.join("\n", message), where);
    }
}
