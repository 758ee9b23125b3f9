package dev.johwa.watch.dora;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/// Percentiles of whole numbers, interpolated between the two neighbours (as SQL's `percentile_cont`).
final class Percentiles {
    private final long[] sorted;

    Percentiles(LongStream values) {
        this.sorted = values.toArray();
        Arrays.sort(sorted);
    }

    int n() {
        return sorted.length;
    }

    /// The value that so many are not smaller than; the smallest one where there are fewer.
    long atRank(int fromTheTop) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, sorted.length - fromTheTop)];
    }

    OptionalDouble median() {
        return at(0.5);
    }

    /// @param fraction between 0 and 1
    OptionalDouble at(double fraction) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double place = fraction * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return OptionalDouble.of(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }
}
