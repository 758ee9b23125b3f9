package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Test;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What makes a runner write down each test in a file, beside what it prints for people.
///
/// @param words to be added at the end of its call
/// @param file that it then writes
record RunnerReport(List<String> words, String file) {
    private static final String BEFORE = "(?:(?:npx|cross-env|[A-Z_][A-Z0-9_]*=[^\\s'\"&|;<>()`]*) +)*";
    /// Only the runner is called, so that words at the end are its own; what has a report already keeps it.
    private static final String AFTER =
            "(?! (?:[^&|;]* )?(?:--(?:json|reporters?|outputFile|help|version|init)\\b|-- ))(?: [^&|;<>()`#\\n]*)?";

    private static final Pattern JEST = Pattern.compile(BEFORE
            + "(?:jest|react-scripts test|node (?:--\\S+ +)*(?:\\./)?node_modules/(?:\\.bin/jest|jest/bin/jest(?:\\.js)?))"
            + AFTER);
    private static final Pattern VITEST = Pattern.compile(BEFORE + "vitest run" + AFTER);

    /// Of a line that is nothing but one call of a runner that can.
    static Optional<RunnerReport> of(String line) {
        if (JEST.matcher(line).matches()) {
            var file = Test.RESULTS + "/jest.json";
            return Optional.of(new RunnerReport(List.of("--json", "--outputFile=" + file), file));
        }
        if (VITEST.matcher(line).matches()) {
            var file = Test.RESULTS + "/vitest.xml";
            return Optional.of(new RunnerReport(
                    List.of("--reporter=default", "--reporter=junit", "--outputFile.junit=" + file), file));
        }
        return Optional.empty();
    }

    /// The line with the words.
    String added(String line) {
        return line.strip() + " " + String.join(" ", words);
    }
}
