package dev.johwa.watch.dora;

import java.util.Arrays;
import java.util.OptionalDouble;

/// Percentiles of whole numbers, interpolated between the two neighbours (as SQL's `percentile_cont`).
final class Percentiles {
    private long[] values = new long[64];
    private int n;
    private boolean sorted = true;

    void add(long value) {
        if (n == values.length) {
            values = Arrays.copyOf(values, 2 * n);
        }
        values[n++] = value;
        sorted = false;
    }

    int n() {
        return n;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, n);
            sorted = true;
        }
    }

    /// The value that so many are not smaller than; the smallest one where there are fewer.
    long atRank(int fromTheTop) {
        sort();
        return n == 0 ? 0 : values[Math.max(0, n - fromTheTop)];
    }

    OptionalDouble median() {
        return at(0.5);
    }

    /// @param fraction between 0 and 1
    OptionalDouble at(double fraction) {
        if (n == 0) {
            return OptionalDouble.empty();
        }
        sort();
        double place = fraction * (n - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return OptionalDouble.of(values[below] + (place - below) * (values[above] - values[below]));
    }
}
