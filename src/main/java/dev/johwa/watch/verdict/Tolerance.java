package dev.johwa.watch.verdict;

import dev.johwa.serve.router.EdgeReport;
import java.util.List;
import java.util.stream.LongStream;

/// What would be no worse than the release before.
///
/// @param errors share of answers that may fail
/// @param slow share that may be slower than the bound
/// @param bound index of the first bucket that is slow; the number of buckets where that is not known
/// @param slowBefore how many of the release before were
record Tolerance(double errors, double slow, int bound, Share slowBefore) {
    /// The first seconds of a release are slow: caches are empty, code is compiled.
    static final long COLD = 180;

    static final double LEAST_ERRORS = 0.005;
    private static final double LEAST_SLOW = 0.1;
    private static final double OFTEN = 0.95;
    /// With fewer answers hardly anything is known of the release before.
    private static final int FEW = 30;
    private static final double MOST_OF_FEW = 0.3;
    private static final double MOST = 0.9;
    private static final int ENOUGH_TIMES = 200;
    /// Fewer late errors are chance.
    private static final int SOME = 5;

    static Tolerance of(Before before) {
        var whole = new Share(before.errors(), before.answers());
        var late = new Share(before.lateErrors(), before.lateAnswers());
        // What began to fail before the switch is no fault of the new one.
        double known = Math.max(whole.atMost(), before.lateErrors() >= SOME ? late.ratio() : 0);
        double most = before.answers() < FEW ? MOST_OF_FEW : MOST;
        double errors = Math.clamp(2 * known, LEAST_ERRORS, most);
        int bound = bound(before.buckets());
        var slowBefore = new Share(from(bound, before.buckets()), sum(before.buckets()));
        double slow = Math.clamp(3 * slowBefore.atMost(), LEAST_SLOW, MOST);
        return new Tolerance(errors, slow, bound, slowBefore);
    }

    /// The first bucket beyond twice the time within which nearly all were answered.
    private static int bound(List<Long> buckets) {
        long all = sum(buckets);
        if (all < ENOUGH_TIMES) {
            return buckets.size();
        }
        long seen = 0;
        int usual = 0;
        while (usual < buckets.size() && seen + buckets.get(usual) < OFTEN * all) {
            seen += buckets.get(usual);
            usual++;
        }
        double twice = usual < EdgeReport.BOUNDS.size() ? 2 * EdgeReport.BOUNDS.get(usual) : Double.MAX_VALUE;
        int bound = usual;
        while (bound < EdgeReport.BOUNDS.size() && EdgeReport.BOUNDS.get(bound) < twice) {
            bound++;
        }
        return bound < EdgeReport.BOUNDS.size() ? bound + 1 : buckets.size();
    }

    private static long sum(List<Long> buckets) {
        return buckets.stream().mapToLong(Long::longValue).sum();
    }

    private static long from(int bound, List<Long> buckets) {
        return LongStream.range(bound, buckets.size())
                .map(i -> buckets.get((int) i))
                .sum();
    }

    boolean isSlowKnown() {
        return slowBefore.all() >= ENOUGH_TIMES && bound < EdgeReport.BOUNDS.size() + 1;
    }

    long slowOf(List<Long> buckets) {
        return from(Math.min(bound, buckets.size()), buckets);
    }

    /// In seconds: what takes more is slow.
    double boundSeconds() {
        return EdgeReport.BOUNDS.get(Math.min(bound, EdgeReport.BOUNDS.size()) - 1);
    }
}
