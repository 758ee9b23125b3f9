package dev.johwa.watch.telemetry;

/// Quantiles of what was counted by upper bounds.
public final class Buckets {
    /// Counts that differ by less are alike: as Prometheus has it.
    private static final double TOLERANCE = 1e-12;

    private Buckets() {}

    /// Within which bound a share lies, by even spread between two, as Prometheus has it; no number where nothing was
    /// counted.
    ///
    /// @param upTo bounds, growing; the last is infinite
    /// @param counts cumulated, straightened where they fall
    /// @param size how many of both there are
    public static double quantile(double share, double[] upTo, double[] counts, int size) {
        if (Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (upTo[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        straighten(counts, size);
        double all = counts[size - 1];
        if (size < 2 || all == 0) {
            return Double.NaN;
        }
        double rank = share * all;
        int found = 0;
        while (found < size - 1 && !(counts[found] >= rank)) {
            found++;
        }
        if (found == size - 1) {
            return upTo[size - 2];
        }
        if (found == 0 && upTo[0] <= 0) {
            return upTo[0];
        }
        double start = found == 0 ? 0 : upTo[found - 1];
        double before = found == 0 ? 0 : counts[found - 1];
        return start + (upTo[found] - start) * ((rank - before) / (counts[found] - before));
    }

    /// Counts must not fall; a difference that is only of rounding is none.
    private static void straighten(double[] counts, int size) {
        double before = counts[0];
        for (int i = 1; i < size; i++) {
            if (counts[i] < before || isNear(before, counts[i])) {
                counts[i] = before;
            } else {
                before = counts[i];
            }
        }
    }

    private static boolean isNear(double a, double b) {
        if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
            return true;
        }
        double sum = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        return a == 0 || b == 0 || sum < Double.MIN_NORMAL
                ? difference < TOLERANCE * Double.MIN_NORMAL
                : difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
    }
}
