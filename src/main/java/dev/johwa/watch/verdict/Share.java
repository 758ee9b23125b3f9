package dev.johwa.watch.verdict;

/// So many of so many.
record Share(long some, long all) {
    /// Of a normal distribution: beyond it lies one of a thousand, on one side.
    private static final double WIDE = 3.09;

    double ratio() {
        return all == 0 ? 0 : (double) some / all;
    }

    /// What the true share is at most, but for once in a thousand times: the bound of Wilson (1927).
    double atMost() {
        if (all == 0) {
            return 1;
        }
        double square = WIDE * WIDE;
        double middle = ratio() + square / (2 * all);
        double spread = WIDE * Math.sqrt(ratio() * (1 - ratio()) / all + square / (4.0 * all * all));
        return Math.min(1, (middle + spread) / (1 + square / all));
    }
}
