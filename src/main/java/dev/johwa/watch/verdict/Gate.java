package dev.johwa.watch.verdict;

import dev.johwa.watch.verdict.Verdict.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is done with a canary: taken back, taken on, or left where it is, with the reason in one line. A pure function
/// of what its step answered, by the same verdicts as a release that serves all.
///
/// The time of a step is waited for, however good it looks. What nobody asked, or nobody counted, is never taken on.
record Gate(Act act, Verdict verdict, String words) {
    /// Fewer answers say nothing.
    static final int FEWEST = 50;

    enum Act {
        BACK,
        NEXT,
        /// The time of its step is not over, or has no end.
        LOOK,
        /// It is over, and somebody or something is waited for.
        WAIT
    }

    /// A step as it is now.
    ///
    /// @param since second of its beginning, as the steps count
    /// @param second now
    /// @param time how long it is to last at least; empty: until somebody says so
    /// @param isCounted whether the edge told what it counted
    record At(long since, long second, Optional<Duration> time, boolean isCounted) {
        /// A verdict looks at an hour at most.
        private long from() {
            return Math.max(since, second - Judge.LONGEST + 1);
        }
    }

    static Gate of(Before before, List<Step> steps, At at) {
        long from = at.from();
        var own = steps.stream()
                .filter(step -> step.second() > from || from == 0)
                .map(step ->
                        new Step(step.second() - from, step.answers(), step.errors(), step.buckets(), step.restarts()))
                .toList();
        var verdict = Judge.of(before, own, at.second() - from);
        if (verdict.isBad()) {
            return new Gate(Act.BACK, verdict, verdict.reason());
        }
        if (at.time().isEmpty()) {
            return new Gate(Act.LOOK, verdict, "");
        }
        if (at.second() - at.since() < at.time().get().toSeconds()) {
            return new Gate(Act.LOOK, verdict, "");
        }
        return obstacle(before, own, verdict, at)
                .map(words -> new Gate(Act.WAIT, verdict, words))
                .orElseGet(() -> new Gate(Act.NEXT, verdict, verdict.reason()));
    }

    private static Optional<String> obstacle(Before before, List<Step> own, Verdict verdict, At at) {
        if (!at.isCounted()) {
            return Optional.of("the edge does not tell what it counted");
        }
        if (verdict.kind() == Kind.GOOD) {
            return Optional.empty();
        }
        var seen = new Share(
                own.stream().mapToLong(Step::errors).sum(),
                own.stream().mapToLong(Step::answers).sum());
        if (seen.all() < FEWEST) {
            return Optional.of("not enough traffic, " + FEWEST + " answers at least are to be judged");
        }
        double usual = new Share(before.errors(), before.answers()).ratio();
        double most = Math.max(Tolerance.LEAST_ERRORS, 2 * usual);
        if (seen.ratio() > most) {
            return Optional.of(String.format(
                    Locale.ROOT, "more answers fail than before, which may be chance (over %.1f %%)", 100 * most));
        }
        boolean isEnding = own.stream().anyMatch(step -> step.restarts() > 0) && before.restarts() == 0;
        return isEnding ? Optional.of("instances end by themselves") : Optional.empty();
    }
}
