package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `dotnet test`: `  Failed Calc.Tests.IsWrong [5 ms]` with `Error Message:` and `Stack Trace:` below it, and a line of
/// sums for each project.
final class DotnetOutput {
    private static final Pattern FAILED = Pattern.compile("\\s*Failed (\\S.*?) \\[[^\\]]*]");
    private static final Pattern SUM = Pattern.compile(
            ".*- Failed:\\s+(\\d{1,9}), Passed:\\s+(\\d{1,9}), Skipped:\\s+(\\d{1,9}), Total:\\s+\\d+.*");
    private static final Pattern COMPILE =
            Pattern.compile("\\s*([^\\s(]+\\.(?:cs|fs|vb))\\((\\d+),\\d+\\): error (\\w+: .*?)(?: \\[.*])?");

    private final Paths paths;
    private final Frames frames;
    private final Tally tally = new Tally();

    DotnetOutput(Paths paths) {
        this.paths = paths;
        this.frames = new Frames(paths, paths.folder());
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var failed = FAILED.matcher(line);
            var sum = SUM.matcher(line);
            var compile = COMPILE.matcher(line);
            if (failed.matches()) {
                failed(failed.group(1), lines, i + 1);
            } else if (sum.matches()) {
                tally.counted(
                        Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2)),
                        Integer.parseInt(sum.group(3)));
            } else if (compile.matches()) {
                var file = paths.relative(compile.group(1));
                tally.failed(new Failure(
                        file.replaceFirst(".*/", "") + " does not compile",
                        compile.group(3),
                        file + ":" + compile.group(2)));
            }
        }
        return tally.results();
    }

    private void failed(String name, List<String> lines, int start) {
        var message = new ArrayList<String>();
        var where = "";
        boolean isStack = false;
        for (int i = start; i < lines.size() && where.isEmpty(); i++) {
            var line = lines.get(i).strip();
            if (FAILED.matcher(lines.get(i)).matches() || SUM.matcher(line).matches()) {
                break;
            }
            isStack |= line.equals("Stack Trace:");
            if (isStack) {
                where = frames.other(line).orElse("");
            } else if (!line.isEmpty() && !line.equals("Error Message:")) {
                message.add(line);
            }
        }
        tally.failed(new Failure(name, String.join("\n", message), where));
    }
}
