package dev.johwa.watch.verdict;

import dev.johwa.watch.verdict.Verdict.Cause;
import dev.johwa.watch.verdict.Verdict.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges a release by what it answered, beside what the one before did. A pure function: the same steps give the same
/// verdict, so that one can be replayed.
public final class Judge {
    /// For so long a release is watched at most.
    public static final long LONGEST = 3_600;
    /// Not before that is one good.
    static final long SHORTEST = 600;
    /// By chance once in so many times, while no more is bad than is tolerated.
    static final long ODDS = 100_000;
    /// A burst of that many steps convinces nobody.
    private static final int STEPS = 5;
    /// Slow answers have other reasons more often.
    private static final int STEPS_OF_SLOWNESS = 18;
    private static final int FEWEST_BAD = 5;
    private static final int FEWEST_OF_GOOD = 300;
    private static final int FEWEST = 50;
    /// As many instances that end by themselves make a loop.
    private static final int LOOP = 4;

    private final Before before;
    private final Tolerance tolerance;
    private final Suspicion errors;
    private final Suspicion slowness;
    private long seconds;
    private long answers;
    private long failed;
    private int restarts;

    private Judge(Before before) {
        this.before = before;
        this.tolerance = Tolerance.of(before);
        this.errors = new Suspicion(tolerance.errors(), Math.log(ODDS) / STEPS + 0.01);
        this.slowness = new Suspicion(tolerance.slow(), Math.log(ODDS) / STEPS_OF_SLOWNESS + 0.01);
    }

    /// The first verdict that is over, or what can be said by now.
    ///
    /// @param steps in their order, from the switch on
    /// @param seconds since the switch
    public static Verdict of(Before before, List<Step> steps, long seconds) {
        var judge = new Judge(before);
        for (var step : steps) {
            judge.see(step);
            var found = judge.found();
            if (found.isPresent()) {
                return found.get();
            }
        }
        judge.seconds = Math.max(judge.seconds, seconds);
        return judge.found().orElseGet(judge::unsure);
    }

    private void see(Step step) {
        seconds = step.second();
        answers += step.answers();
        failed += step.errors();
        restarts += step.restarts();
        errors.see(step.errors(), step.answers(), seconds);
        if (tolerance.isSlowKnown() && seconds > Tolerance.COLD) {
            long timed = step.buckets().stream().mapToLong(Long::longValue).sum();
            slowness.see(tolerance.slowOf(step.buckets()), timed, seconds);
        }
    }

    private Optional<Verdict> found() {
        double enough = Math.log(ODDS);
        if (restarts >= LOOP && before.restarts() * LOOP <= restarts) {
            return verdict(Kind.BAD, Cause.RESTARTS, ofRestarts());
        }
        if (errors.log() >= enough && errors.seen().some() >= FEWEST_BAD) {
            return verdict(Kind.BAD, Cause.ERRORS, ofErrors());
        }
        if (slowness.log() >= enough) {
            return verdict(Kind.BAD, Cause.SLOWNESS, ofSlowness());
        }
        boolean isGood = seconds >= SHORTEST && answers >= FEWEST_OF_GOOD && isNoWorse();
        if (isGood) {
            return verdict(Kind.GOOD, Cause.NONE, "no worse: " + ofAll());
        }
        return seconds >= LONGEST ? atTheEnd() : Optional.empty();
    }

    private boolean isNoWorse() {
        var seen = new Share(failed, answers);
        double usual = new Share(before.errors(), before.answers()).ratio();
        return seen.atMost() <= tolerance.errors()
                && seen.ratio() <= Math.max(Tolerance.LEAST_ERRORS, 2 * usual)
                && errors.log() < 1
                && slowness.log() < 1
                && restarts <= before.restarts();
    }

    private Optional<Verdict> atTheEnd() {
        if (answers < FEWEST) {
            return verdict(Kind.NOT_ENOUGH_TRAFFIC, Cause.NONE, "only " + ofAll());
        }
        return verdict(Kind.UNSURE, Cause.NONE, "neither better nor worse for sure: " + ofAll());
    }

    private Verdict unsure() {
        var kind = answers < FEWEST ? Kind.NOT_ENOUGH_TRAFFIC : Kind.UNSURE;
        return new Verdict(kind, Cause.NONE, false, seconds, "so far " + ofAll());
    }

    private Optional<Verdict> verdict(Kind kind, Cause cause, String reason) {
        return Optional.of(new Verdict(kind, cause, true, seconds, reason));
    }

    private String ofErrors() {
        var seen = errors.seen();
        return told(seen) + " answers failed in " + length(seconds - errors.since()) + "; of release "
                + before.release() + " " + told(new Share(before.errors(), before.answers())) + "; up to "
                + percent(tolerance.errors()) + " would be no worse; by chance less than once in "
                + number(ODDS) + " times";
    }

    private String ofSlowness() {
        var seen = slowness.seen();
        return told(seen) + " answers took more than " + Math.round(tolerance.boundSeconds() * 1000) + " ms in "
                + length(seconds - slowness.since()) + "; of release " + before.release() + " "
                + told(tolerance.slowBefore()) + "; by chance less than once in " + number(ODDS) + " times";
    }

    private String ofRestarts() {
        return "instances ended by themselves " + restarts + " times in " + length(seconds) + "; those of release "
                + before.release() + (before.restarts() == 0 ? " never" : " " + before.restarts() + " times")
                + " in the hour before";
    }

    private String ofAll() {
        return told(new Share(failed, answers)) + " answers failed in " + length(seconds) + "; of release "
                + before.release() + " " + told(new Share(before.errors(), before.answers()));
    }

    private static String told(Share share) {
        return number(share.some()) + " of " + number(share.all()) + " (" + percent(share.ratio()) + ")";
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share >= 0.01 || share == 0 ? "%.1f %%" : "%.2f %%", share * 100);
    }

    private static String length(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
