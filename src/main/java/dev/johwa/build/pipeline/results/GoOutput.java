package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `go test -v`: `=== RUN TestX`, what it says as `    x_test.go:12: …`, `--- FAIL: TestX (0.00s)`; panics with their
/// stack; `# package` before what does not compile; `FAIL package 0.020s` behind what ended without a failed test, as
/// a `TestMain` ends it.
final class GoOutput {
    private static final Pattern RUN = Pattern.compile("=== (?:RUN|CONT|NAME)\\s+(\\S+)");
    private static final Pattern END = Pattern.compile("\\s*--- (PASS|FAIL|SKIP): (\\S+) \\(([0-9.]*)s?.*");
    private static final Pattern SAYS = Pattern.compile("\\s{4,}(\\S+\\.go:\\d+): (.*)");
    private static final Pattern MORE = Pattern.compile("\\s{8,}(\\S.*)");
    private static final Pattern PACKAGE = Pattern.compile("# (\\S+).*");
    private static final Pattern COMPILE = Pattern.compile("(?:vet: )?(\\S+\\.go:\\d+):(?:\\d+:)? (.*)");
    private static final Pattern PANIC = Pattern.compile("(?:panic|fatal error): (.*)");
    private static final Pattern WHOLE = Pattern.compile("(ok  |FAIL)\t(\\S+)\t([\\d.]+)s.*");
    private static final Pattern FRAME = Pattern.compile("\\s+(\\S+\\.go):(\\d+)(?: \\+0x.*)?");

    private final Paths paths;
    private final Map<String, Said> said = new LinkedHashMap<>();
    private final List<Ended> failed = new ArrayList<>();
    private final Tally tally = new Tally();
    private String test = "";
    private String building = "";
    private String panic = "";
    private String loose = "";
    private int failedBefore;

    GoOutput(Paths paths) {
        this.paths = paths;
    }

    private record Said(String message, String where) {}

    private record Ended(String name, String seconds) {}

    TestResults read(List<String> lines) {
        lines.forEach(this::read);
        for (var test : failed) {
            var name = test.name();
            boolean isParent = failed.stream().anyMatch(other -> other.name().startsWith(name + "/"));
            if (isParent) {
                tally.counted(1, 0);
                continue;
            }
            var last = said.getOrDefault(name, new Said("", ""));
            tally.ran(name, test.seconds());
            tally.failed(new Failure(name, last.message(), last.where()));
        }
        if (!panic.isEmpty() && failed.isEmpty()) {
            var last = said.getOrDefault("panic", new Said(panic, ""));
            tally.failed(new Failure("panic", last.message(), last.where()));
        }
        return tally.results();
    }

    private void read(String line) {
        var whole = WHOLE.matcher(line);
        if (building.isEmpty() && whole.matches()) {
            if (whole.group(1).equals("FAIL") && failed.size() == failedBefore && panic.isEmpty()) {
                tally.failed(new Failure(whole.group(2) + " fails outside of its tests", loose, ""));
            }
            failedBefore = failed.size();
            loose = "";
            test = "";
            return;
        }
        var started = RUN.matcher(line);
        if (started.matches()) {
            test = started.group(1);
            building = "";
            return;
        }
        var compiled = PACKAGE.matcher(line);
        if (compiled.matches()) {
            building = compiled.group(1);
            return;
        }
        if (!building.isEmpty()) {
            compile(line);
            return;
        }
        var end = END.matcher(line);
        if (end.matches()) {
            end(end.group(1), end.group(2), end.group(3));
            return;
        }
        says(line);
    }

    private void compile(String line) {
        var error = COMPILE.matcher(line);
        if (error.matches()) {
            tally.failed(new Failure(building + " does not compile", error.group(2), paths.relative(error.group(1))));
        } else if (line.startsWith("FAIL") || line.startsWith("ok ")) {
            building = "";
        }
    }

    private void end(String outcome, String name, String seconds) {
        test = name;
        switch (outcome) {
            case "SKIP" -> tally.skipped(name);
            case "FAIL" -> failed.add(new Ended(name, seconds));
            case String _ -> tally.ran(name, seconds);
        }
    }

    private void says(String line) {
        var panicked = PANIC.matcher(line);
        if (panicked.matches() && panic.isEmpty()) {
            panic = "panic: " + panicked.group(1).replaceFirst(" \\[recovered.*", "");
            test = failed.isEmpty() ? "panic" : failed.getLast().name();
            said.put(test, new Said(panic, ""));
            return;
        }
        if (!panic.isEmpty()) {
            var frame = FRAME.matcher(line);
            var last = said.getOrDefault(test, new Said(panic, ""));
            if (frame.matches() && last.where().isEmpty() && isOwn(frame.group(1))) {
                said.put(test, new Said(panic, paths.relative(frame.group(1)) + ":" + frame.group(2)));
            }
            return;
        }
        var message = SAYS.matcher(line);
        var more = MORE.matcher(line);
        if (message.matches()) {
            said.put(test, new Said(message.group(2), paths.relative(message.group(1))));
        } else if (more.matches() && said.containsKey(test)) {
            var last = said.getOrDefault(test, new Said("", ""));
            said.put(test, new Said(last.message() + "\n" + more.group(1), last.where()));
        } else if (test.isEmpty() && loose.isEmpty() && !line.startsWith("?")) {
            loose = line.strip();
        }
    }

    private boolean isOwn(String file) {
        return paths.isOwn(file) && !file.contains("/pkg/mod/");
    }
}
