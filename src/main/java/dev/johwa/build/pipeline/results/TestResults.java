package dev.johwa.build.pipeline.results;

import dev.johwa.lib.process.Exit;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a test command did.
///
/// @param run how many tests ran, failed ones too; 0 when the runner does not say
/// @param failures each failed test once
public record TestResults(int run, int skipped, List<Failure> failures) {
    /// So many lines of output are looked at.
    public static final int MOST_LINES = 20_000;

    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_TOLD = 10;
    private static final int MOST_MESSAGE_LINES = 4;
    private static final int PYTHON_FOUND_NONE = 5;

    public TestResults {
        failures = List.copyOf(failures);
    }

    static final TestResults NONE = new TestResults(0, 0, List.of());

    /// A failed test.
    ///
    /// @param where `file:line`, or empty
    public record Failure(String test, String message, String where) {}

    /// Reads the output of a command, and the reports that it wrote.
    ///
    /// @param folder in which the command ran
    public static TestResults read(Detection.Test command, List<String> lines, Path folder) {
        var paths = new Paths(folder);
        var clean = lines.stream().map(TestResults::clean).toList();
        return switch (command.runner()) {
            case "surefire" -> surefire(command, clean, paths);
            case "unittest", "django" -> new UnittestOutput(paths).read(clean);
            case "pytest" -> new PytestOutput(paths).read(clean);
            case "node", "tap" -> node(clean, paths);
            case "jest" -> new JestOutput(paths).read(clean);
            case "vitest" -> new VitestOutput(paths).read(clean);
            case "mocha" -> new MochaOutput(paths).read(clean);
            case "go" -> new GoOutput(paths).read(clean);
            case String _ -> reported(command, folder);
        };
    }

    /// Whether the runner ended with an error only since there is no test yet, which is no failure.
    public static boolean foundNone(Detection.Test command, Exit exit, List<String> lines) {
        return switch (command.runner()) {
            // They print the words also when they break before the first test; their status tells it apart.
            case "pytest", "unittest" -> exit.equals(new Exit.Status(PYTHON_FOUND_NONE));
            case String _ -> saysNone(command, lines);
        };
    }

    private static boolean saysNone(Detection.Test command, List<String> lines) {
        var words = switch (command.runner()) {
            case "vitest" -> "No test files found";
            case "jest" -> "No tests found, exiting with code 1";
            case "mocha" -> "Error: No test files found";
            case "django" -> "NO TESTS RAN";
            case String _ -> "";
        };
        return !words.isEmpty() && lines.stream().map(TestResults::clean).anyMatch(line -> line.contains(words));
    }

    /// Whether the output tells of no test at all.
    public boolean isEmpty() {
        return run == 0 && skipped == 0 && failures.isEmpty();
    }

    /// Without colours, carriage returns and endless lines.
    private static String clean(String line) {
        var cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        return COLOURS.matcher(cut).replaceAll("").replace("\r", "");
    }

    private static TestResults reported(Detection.Test command, Path folder) {
        return command.reports().map(reports -> JunitXml.read(folder, reports)).orElse(NONE);
    }

    private static TestResults surefire(Detection.Test command, List<String> lines, Paths paths) {
        var reported = reported(command, paths.folder());
        var failures = new ArrayList<>(MavenOutput.compileErrors(lines, paths));
        failures.addAll(reported.failures());
        return new TestResults(Math.max(reported.run(), failures.size()), reported.skipped(), failures);
    }

    private static TestResults node(List<String> lines, Paths paths) {
        boolean isTap = lines.stream().anyMatch(line -> line.startsWith("TAP version"));
        return isTap ? new TapOutput(paths).read(lines) : new SpecOutput(paths).read(lines);
    }

    /// The failures for a person, the first ones in full.
    public List<String> tell() {
        var told = new ArrayList<String>();
        for (var failure : failures.subList(0, Math.min(MOST_TOLD, failures.size()))) {
            told.add(failure.test() + (failure.where().isEmpty() ? "" : "  (" + failure.where() + ")"));
            failure.message().lines().limit(MOST_MESSAGE_LINES).forEach(line -> told.add("  " + line));
        }
        if (failures.size() > MOST_TOLD) {
            told.add("and " + (failures.size() - MOST_TOLD) + " more");
        }
        return told;
    }
}
