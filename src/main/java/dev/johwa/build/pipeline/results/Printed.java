package dev.johwa.build.pipeline.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a runner printed, read by who knows it. Where nobody said which runner it is (a script that starts it), what it
/// printed says it.
record Printed(Paths paths) {
    TestResults read(String runner, List<String> lines) {
        return switch (runner) {
            case "surefire" -> compiled(lines);
            case "unittest", "django" -> new UnittestOutput(paths).read(lines);
            case "pytest" -> new PytestOutput(paths).read(lines);
            case "node", "tap" -> node(lines);
            case "ava" -> isTap(lines) ? new TapOutput(paths).read(lines) : new AvaOutput(paths).read(lines);
            case "jest" -> new JestOutput(paths).read(lines);
            case "vitest" -> new VitestOutput(paths).read(lines);
            case "mocha" -> new MochaOutput(paths).read(lines);
            case "playwright" -> new PlaywrightOutput(paths).read(lines);
            case "go" -> new GoOutput(paths).read(lines);
            case "cargo", "nextest" -> new CargoOutput(paths).read(lines);
            case "rspec", "minitest", "exunit", "phpunit" -> new NumberedOutput(paths).read(lines);
            case "ctest" -> new CtestOutput(paths).read(lines);
            case "dotnet" -> new DotnetOutput(paths).read(lines);
            case String _ -> recognised(lines);
        };
    }

    /// Each with a line that only it prints.
    private enum Mark {
        TAP("TAP version \\d+", "tap"),
        SPEC("ℹ tests \\d+", "node"),
        JEST("Tests: .*\\b\\d+ total", "jest"),
        VITEST("\\s+Tests {2}.*\\(\\d+\\)", "vitest"),
        PYTEST("=+ test session starts =+", "pytest"),
        PLAYWRIGHT("Running \\d+ tests? using \\d+ workers?.*", "playwright"),
        MOCHA("\\s+\\d+ passing \\(.*\\)", "mocha"),
        UNITTEST("Ran \\d+ tests? in [0-9.]+s", "unittest"),
        GO("--- (?:PASS|FAIL|SKIP): \\S+ \\([0-9.]+s\\)", "go"),
        CARGO("test result: (?:ok|FAILED)\\. \\d+ passed; .*", "cargo"),
        RSPEC("\\d+ examples?, \\d+ failures?.*", "rspec"),
        MINITEST("\\d+ (?:runs|tests), \\d+ assertions, \\d+ failures, .*", "minitest"),
        EXUNIT("(?:\\d+ doctests?, )?\\d+ tests?, \\d+ failures?(?:, .*)?", "exunit"),
        PHPUNIT("PHPUnit \\d+\\.\\d+.* by Sebastian Bergmann.*", "phpunit"),
        AVA("\\s*✘ \\[fail]: .*|\\s*\\d+ tests? passed", "ava"),
        CTEST("Test project /.*", "ctest");

        private final Pattern line;
        private final String runner;

        Mark(String line, String runner) {
            this.line = Pattern.compile(line);
            this.runner = runner;
        }
    }

    /// All that ran: a script may start several.
    private TestResults recognised(List<String> lines) {
        var all = TestResults.NONE;
        for (var mark : Mark.values()) {
            if (lines.stream().anyMatch(line -> mark.line.matcher(line).matches())) {
                all = all.and(read(mark.runner, lines));
            }
        }
        return all;
    }

    private TestResults compiled(List<String> lines) {
        var errors = new ArrayList<>(MavenOutput.compileErrors(lines, paths));
        return new TestResults(errors.size(), 0, errors);
    }

    private TestResults node(List<String> lines) {
        return isTap(lines) ? new TapOutput(paths).read(lines) : new SpecOutput(paths).read(lines);
    }

    private static boolean isTap(List<String> lines) {
        return lines.stream().anyMatch(line -> line.startsWith("TAP version"));
    }
}
