package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `cargo test` and nextest: `test tests::adds ... ok`, `FAIL [   0.005s] calc tests::wrong`, what a test said under
/// `---- NAME stdout ----`, `thread 'NAME' panicked at src/lib.rs:6:29:`, and errors of the compiler.
final class CargoOutput {
    private static final Pattern TEST =
            Pattern.compile("test (.+?)(?: - should panic)? \\.\\.\\. (ok|FAILED|ignored)\\b.*");
    private static final Pattern NEXTEST =
            Pattern.compile("\\s*(PASS|FAIL|SIGABRT|SIGSEGV|TIMEOUT) \\[\\s*([0-9.]+)s](?: \\([^)]*\\))? (.+)");
    private static final Pattern SUMMARY = Pattern.compile("\\s*Summary \\[.*? (\\d{1,9}) skipped.*");
    private static final Pattern SECTION = Pattern.compile("---- (.+) stdout ----");
    private static final Pattern PANIC =
            Pattern.compile("thread '(.+?)'(?: \\(\\d+\\))? panicked at (?:'(.*)', )?([^\\s:]+\\.rs):(\\d+):\\d+:?");
    private static final Pattern COMPILE = Pattern.compile("error(?:\\[\\w+])?: (.+)");
    private static final Pattern ARROW = Pattern.compile("\\s*--> ([^\\s:]+):(\\d+):\\d+");

    private final Paths paths;
    private final Tally tally = new Tally();
    private final List<String> failed = new ArrayList<>();
    private final Map<String, String> messages = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();

    CargoOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            test(lines.get(i));
            said(lines, i);
            compile(lines, i);
        }
        failed.forEach(name ->
                tally.failed(new Failure(name, messages.getOrDefault(name, ""), places.getOrDefault(name, ""))));
        return tally.results();
    }

    private void test(String line) {
        var test = TEST.matcher(line);
        var next = NEXTEST.matcher(line);
        var summary = SUMMARY.matcher(line);
        if (test.matches()) {
            end(test.group(1), test.group(2).equals("FAILED"), test.group(2).equals("ignored"), "");
        } else if (next.matches()) {
            // nextest tells a failure again at its end.
            if (!failed.contains(plain(next.group(3)))) {
                end(plain(next.group(3)), !next.group(1).equals("PASS"), false, next.group(2));
            }
        } else if (summary.matches()) {
            tally.counted(0, Integer.parseInt(summary.group(1)));
        }
    }

    /// Without the binary before it, as a panic names it too.
    private static String plain(String name) {
        return name.replaceFirst("^\\S+ (?=\\S)", "");
    }

    private void end(String name, boolean isFailed, boolean isIgnored, String seconds) {
        if (isIgnored) {
            tally.skipped(name);
            return;
        }
        tally.ran(name, seconds);
        if (isFailed) {
            failed.add(name);
        }
    }

    private void said(List<String> lines, int at) {
        var panic = PANIC.matcher(lines.get(at));
        if (panic.matches()) {
            places.putIfAbsent(panic.group(1), paths.relative(panic.group(3)) + ":" + panic.group(4));
            var words = panic.group(2) == null ? text(lines, at + 1) : panic.group(2);
            messages.put(panic.group(1), words);
            return;
        }
        var section = SECTION.matcher(lines.get(at));
        if (section.matches()) {
            messages.putIfAbsent(section.group(1), text(lines, at + 1));
        }
    }

    private static String text(List<String> lines, int start) {
        var text = new ArrayList<String>();
        for (int i = start; i < lines.size(); i++) {
            var line = lines.get(i);
            boolean isEnd = line.startsWith("stack backtrace:") || line.startsWith("note: ") || line.isBlank();
            if (isEnd && !text.isEmpty() || line.startsWith("----")) {
                break;
            }
            if (!line.isBlank()) {
                text.add(line.strip());
            }
        }
        return String.join("\n", text);
    }

    private void compile(List<String> lines, int at) {
        var error = COMPILE.matcher(lines.get(at));
        if (error.matches() && at + 1 < lines.size()) {
            var arrow = ARROW.matcher(lines.get(at + 1));
            if (arrow.matches()) {
                var file = paths.relative(arrow.group(1));
                tally.failed(new Failure(
                        file.replaceFirst(".*/", "") + " does not compile",
                        error.group(1),
                        file + ":" + arrow.group(2)));
            }
        }
    }
}
