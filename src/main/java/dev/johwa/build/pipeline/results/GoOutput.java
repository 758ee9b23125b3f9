package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `go test -v`: `--- FAIL: TestX (0.00s)` with the messages above or below it as `    x_test.go:12: …`.
final class GoOutput {
    private static final Pattern END = Pattern.compile("\\s*--- (PASS|FAIL|SKIP): (\\S+) \\(.*");
    private static final Pattern MESSAGE = Pattern.compile("\\s+(\\S+_test\\.go:\\d+): (.*)");
    private static final Pattern COMPILE = Pattern.compile("(\\S+\\.go:\\d+):\\d+: (.*)");

    private GoOutput() {}

    static TestResults read(List<String> lines) {
        var failures = new ArrayList<Failure>();
        int run = 0;
        int skipped = 0;
        var where = "";
        var message = "";
        for (var line : lines) {
            var said = MESSAGE.matcher(line);
            if (said.matches()) {
                where = said.group(1);
                message = said.group(2);
            }
            var compile = COMPILE.matcher(line);
            if (compile.matches()) {
                failures.add(new Failure("does not compile", compile.group(2), Paths.relative(compile.group(1))));
            }
            var end = END.matcher(line);
            if (!end.matches()) {
                continue;
            }
            switch (end.group(1)) {
                case "SKIP" -> skipped++;
                case "FAIL" -> {
                    run++;
                    failures.add(new Failure(end.group(2), message, where));
                }
                case String _ -> run++;
            }
            where = "";
            message = "";
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }
}
