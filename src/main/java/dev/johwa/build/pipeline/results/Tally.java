package dev.johwa.build.pipeline.results;

import dev.johwa.build.pipeline.results.TestResults.Failure;
import dev.johwa.build.pipeline.results.TestResults.Timed;
import java.util.ArrayList;
import java.util.List;

/// Counts what a reader finds. Used by one thread.
final class Tally {
    private static final double MILLIS = 1_000;

    private final List<Timed> times = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private int run;
    private int skipped;

    void ran() {
        run++;
    }

    /// @param seconds as the runner wrote them; a text that is no number counts as not told
    void ran(String test, String seconds) {
        run++;
        took(test, seconds);
    }

    void took(String test, String seconds) {
        try {
            double value = Double.parseDouble(seconds.replace(",", ""));
            if (value > 0 && value < Integer.MAX_VALUE) {
                times.add(new Timed(test, Math.round(value * MILLIS)));
            }
        } catch (NumberFormatException e) {
            // It ran; how long nobody knows.
        }
    }

    void tookMillis(String test, String millis) {
        try {
            took(test, String.valueOf(Double.parseDouble(millis) / MILLIS));
        } catch (NumberFormatException e) {
            // As above.
        }
    }

    void skipped() {
        skipped++;
    }

    void counted(int more, int moreSkipped) {
        run += more;
        skipped += moreSkipped;
    }

    void failed(Failure failure) {
        if (!failures.contains(failure)) {
            failures.add(failure);
        }
    }

    List<Failure> failures() {
        return failures;
    }

    TestResults results() {
        return new TestResults(Math.max(run, failures.size()), skipped, failures, times);
    }
}
