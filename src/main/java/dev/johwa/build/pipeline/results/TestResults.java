package dev.johwa.build.pipeline.results;

import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.text.Escapes;
import dev.johwa.source.detect.Detection;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a test command did.
///
/// @param run how many tests ran, failed ones too; 0 when the runner does not say
/// @param failures each failed test once
/// @param tests those that the runner names, in the order in which it did
public record TestResults(int run, int skipped, List<Failure> failures, List<Named> tests) {
    /// So many lines of output are looked at.
    public static final int MOST_LINES = 20_000;

    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_TOLD = 10;
    private static final int MOST_MESSAGE_LINES = 4;
    private static final int LONGEST_TOLD = 240;
    /// By which long words are known again that go on with numbers of their own.
    private static final int START = 100;
    private static final int MOST_SLOW = 3;
    private static final long SLOW = 1_000;
    private static final int PYTHON_FOUND_NONE = 5;

    public TestResults {
        failures = List.copyOf(failures);
        tests = List.copyOf(tests);
    }

    TestResults(int run, int skipped, List<Failure> failures) {
        this(run, skipped, failures, List.of());
    }

    static final TestResults NONE = new TestResults(0, 0, List.of());

    /// A test that the runner names.
    ///
    /// @param suite class or file, or empty
    /// @param millis how long it took, or [#NOT_TOLD]
    public record Named(String suite, String test, boolean isSkipped, long millis) {
        public static final long NOT_TOLD = -1;
    }

    /// A failed test.
    ///
    /// @param where `file:line`, or empty
    public record Failure(String test, String message, String where) {}

    /// Reads the output of a command, and the reports that it wrote.
    ///
    /// @param folder in which the command ran
    public static TestResults read(Detection.Test command, List<String> lines, Path folder) {
        var paths = new Paths(folder);
        var printed = new Printed(paths)
                .read(command.runner(), lines.stream().map(TestResults::clean).toList());
        return command.reports()
                .map(reports -> new Reports(paths).read(reports).with(printed))
                .orElse(printed);
    }

    /// The files that the command is to write, as they lie there now.
    public static List<Path> reports(Detection.Test command, Path folder) {
        return command.reports().map(reports -> Reports.find(folder, reports)).orElse(List.of());
    }

    /// Reports know times and count exactly; what was printed may tell failures that no report has, such as sources
    /// that do not compile, and tells them better when it tells the same.
    private TestResults with(TestResults printed) {
        if (isEmpty()) {
            return printed;
        }
        var broken = printed.failures().stream()
                .filter(failure -> failure.test().endsWith(" does not compile"))
                .toList();
        var told = new ArrayList<>(broken);
        boolean areSame = broken.isEmpty() && names(printed.failures()).containsAll(names(failures));
        told.addAll(areSame ? printed.failures() : failures);
        return new TestResults(Math.max(run, told.size()), skipped, told, tests);
    }

    private static Set<String> names(List<Failure> failures) {
        return failures.stream().map(Failure::test).collect(Collectors.toSet());
    }

    TestResults and(TestResults more) {
        var all = new ArrayList<>(failures);
        all.addAll(more.failures());
        var allTests = new ArrayList<>(tests);
        allTests.addAll(more.tests());
        return new TestResults(run + more.run(), skipped + more.skipped(), all, allTests);
    }

    /// The slowest tests that took longer than a second, for a person.
    public List<String> slowest() {
        return tests.stream()
                .filter(test -> test.millis() > SLOW)
                .sorted(Comparator.comparingLong(Named::millis).reversed())
                .limit(MOST_SLOW)
                .map(test -> Durations.text(test.millis()) + "  " + test.test())
                .toList();
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
            case "phpunit" -> "No tests executed!";
            case "exunit" -> "There are no tests to run";
            case "ctest" -> "No tests were found!!!";
            case "ava" -> "Couldn’t find any files to test";
            case "playwright" -> "Error: No tests found";
            case "deno" -> "No test modules found";
            case "nextest" -> "error: no tests to run";
            case String _ -> "";
        };
        return !words.isEmpty() && lines.stream().map(TestResults::clean).anyMatch(line -> line.contains(words));
    }

    /// Whether the output tells of no test at all.
    public boolean isEmpty() {
        return run == 0 && skipped == 0 && failures.isEmpty();
    }

    /// Without colours, carriage returns and endless lines.
    static String clean(String line) {
        var cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
        return Escapes.without(cut).replace("\r", "");
    }

    /// Every test that is known by name; of one that failed with its failure.
    public List<TestCase> cases() {
        var left = new LinkedHashMap<String, Deque<Failure>>();
        failures.forEach(failure ->
                left.computeIfAbsent(failure.test(), name -> new ArrayDeque<>()).add(failure));
        var cases = new ArrayList<TestCase>();
        for (var test : tests) {
            var failure = Optional.ofNullable(left.get(test.test()))
                    .filter(found -> !test.isSkipped())
                    .map(Deque::poll);
            cases.add(failure.map(found -> TestCase.failed(test.suite(), found, test.millis()))
                    .orElseGet(() -> TestCase.of(test)));
        }
        left.values().forEach(rest -> rest.forEach(failure -> cases.add(TestCase.failed("", failure, Named.NOT_TOLD))));
        return cases;
    }

    /// The failures for a person, the first ones in full; words that were told already are not told again.
    ///
    /// @param notes what else is known of a test, by its name
    public List<String> tell(Map<String, String> notes) {
        var told = new ArrayList<String>();
        var said = new HashSet<String>();
        for (var failure : failures.subList(0, Math.min(MOST_TOLD, failures.size()))) {
            var note = notes.getOrDefault(failure.test(), "");
            told.add(failure.test()
                    + (failure.where().isEmpty() ? "" : "  (" + failure.where() + ")")
                    + (note.isEmpty() ? "" : "  " + note));
            if (failure.message().length() <= START
                    || said.add(failure.message().substring(0, START))) {
                failure.message().lines().limit(MOST_MESSAGE_LINES).forEach(line -> told.add("  " + shortened(line)));
            } else {
                told.add("  the same");
            }
        }
        if (failures.size() > MOST_TOLD) {
            told.add("and " + (failures.size() - MOST_TOLD) + " more");
        }
        return told;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_TOLD ? line : line.substring(0, LONGEST_TOLD) + "…";
    }
}
