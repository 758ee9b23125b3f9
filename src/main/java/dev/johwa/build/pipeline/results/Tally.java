package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import dev.johwa.build.pipeline.results.TestResults.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Counts what a reader finds. Used by one thread.
final class Tally {
    private static final double MILLIS = 1_000;

    private final List<Named> tests = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Set<Failure> known = new HashSet<>();
    private String suite = "";
    private int run;
    private int skipped;

    /// What is counted from here on is of this suite: a class or a file.
    void in(String name) {
        suite = name;
    }

    void ran(String test) {
        ran(test, "");
    }

    /// @param seconds as the runner wrote them; a text that is no number counts as not told
    void ran(String test, String seconds) {
        run++;
        tests.add(new Named(suite, test, false, millis(seconds, MILLIS)));
    }

    void ranMillis(String test, String millis) {
        run++;
        tests.add(new Named(suite, test, false, millis(millis, 1)));
    }

    private static long millis(String number, double scale) {
        try {
            double value = Double.parseDouble(number.replace(",", "")) * scale;
            return value >= 0 && value < Integer.MAX_VALUE * MILLIS ? Math.round(value) : Named.NOT_TOLD;
        } catch (NumberFormatException e) {
            // It ran; how long nobody knows.
            return Named.NOT_TOLD;
        }
    }

    void skipped(String test) {
        skipped++;
        tests.add(new Named(suite, test, true, Named.NOT_TOLD));
    }

    void counted(int more, int moreSkipped) {
        run += more;
        skipped += moreSkipped;
    }

    void failed(Failure failure) {
        if (known.add(failure)) {
            failures.add(failure);
        }
    }

    List<Failure> failures() {
        return failures;
    }

    TestResults results() {
        return new TestResults(Math.max(run, failures.size()), skipped, failures, tests);
    }
}
