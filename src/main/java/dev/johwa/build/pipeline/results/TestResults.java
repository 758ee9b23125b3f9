package dev.johwa.build.pipeline.results;

import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a test command did.
///
/// @param run how many tests ran, failed ones too; 0 when the runner does not say
/// @param failures each failed test once
public record TestResults(int run, int skipped, List<Failure> failures) {
    /// So many lines of output are looked at.
    public static final int MOST_LINES = 20_000;

    private static final int MOST_TOLD = 10;
    private static final int MOST_MESSAGE_LINES = 4;

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
        var reported =
                command.reports().map(reports -> JunitXml.read(folder, reports)).orElse(NONE);
        if (reported.run() > 0) {
            return reported;
        }
        return switch (command.runner()) {
            case "unittest", "django" -> UnittestOutput.read(lines);
            case "pytest" -> PytestOutput.read(lines);
            case "node", "tap" -> TapOutput.read(lines);
            case "go" -> GoOutput.read(lines);
            case String _ -> NONE;
        };
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
