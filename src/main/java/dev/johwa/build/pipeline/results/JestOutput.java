package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Jest: `FAIL file`, blocks under `● suite › test`, and `Tests: 1 failed, 2 passed, 3 total`.
final class JestOutput {
    private static final Pattern FILE = Pattern.compile("\\s*FAIL\\s+(\\S+).*");
    private static final Pattern BLOCK = Pattern.compile("\\s{2}● (.+)");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9}) (failed|passed|skipped|todo)\\b");
    private static final Pattern BROKEN =
            Pattern.compile("\\s*((?:SyntaxError|ReferenceError|TypeError|Error|Cannot find module)\\b.*)");
    private static final Pattern AT = Pattern.compile("(\\S+?): .*\\((\\d+):\\d+\\)$");

    private final Paths paths;
    private final List<Failure> failures = new ArrayList<>();

    JestOutput(Paths paths) {
        this.paths = paths;
    }

    TestResults read(List<String> lines) {
        int run = 0;
        int skipped = 0;
        var file = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var failing = FILE.matcher(line);
            file = failing.matches() ? paths.relative(failing.group(1)) : file;
            var block = BLOCK.matcher(line);
            if (block.matches() && !line.contains("Console")) {
                block(file, block.group(1).strip(), lines, i + 1);
            }
            if (line.startsWith("Tests:")) {
                var counts = COUNT.matcher(line);
                while (counts.find()) {
                    int count = Integer.parseInt(counts.group(1));
                    boolean isRun =
                            counts.group(2).equals("failed") || counts.group(2).equals("passed");
                    run += isRun ? count : 0;
                    skipped += isRun ? 0 : count;
                }
            }
        }
        return new TestResults(Math.max(run, failures.size()), skipped, failures);
    }

    private void block(String file, String name, List<String> lines, int start) {
        boolean isFile = name.equals("Test suite failed to run");
        var failure = isFile ? wholeFile(file, lines, start) : test(name, lines, start);
        boolean isKnown = failures.stream().anyMatch(known -> known.test().equals(failure.test()));
        if (!isKnown) {
            failures.add(failure);
        }
    }

    private static boolean isEnd(String line) {
        return BLOCK.matcher(line).matches() || FILE.matcher(line).matches() || line.startsWith("Test Suites:");
    }

    private Failure test(String name, List<String> lines, int start) {
        var message = new ArrayList<String>();
        var where = "";
        boolean isCode = false;
        for (int i = start; i < lines.size() && !isEnd(lines.get(i)); i++) {
            var line = lines.get(i).strip();
            isCode |= line.matches(">?\\s*\\d+ \\|.*") || line.startsWith("at ");
            if (where.isEmpty()) {
                where = paths.javaScript(line).orElse("");
            }
            if (!line.isEmpty() && !isCode) {
                message.add(line);
            }
        }
        return new Failure(name.replace(" › ", " > "), String.join("\n", message), where);
    }

    private Failure wholeFile(String file, List<String> lines, int start) {
        var message = "the file cannot run";
        var where = file;
        for (int i = start; i < lines.size() && !isEnd(lines.get(i)); i++) {
            var broken = BROKEN.matcher(lines.get(i));
            if (broken.matches()) {
                message = broken.group(1);
                var at = AT.matcher(message.replaceFirst("^\\w+: ", ""));
                if (at.matches() && paths.isOwn(at.group(1))) {
                    where = paths.relative(at.group(1)) + ":" + at.group(2);
                }
                break;
            }
        }
        return new Failure(file, message, where);
    }
}
