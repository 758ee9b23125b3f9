package dev.johwa.watch.traffic;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Requests of some time.
///
/// @param buckets how many took at most each of [EdgeReport#BOUNDS], and the rest
record Tally(long requests, long errors, List<Long> buckets) {

    /// What came between two counts; all of the later when there is no earlier one.
    static Tally between(@Nullable Counts earlier, Counts later) {
        var whole = of(later);
        if (earlier == null) {
            return whole;
        }
        var then = of(earlier);
        return new Tally(
                Math.max(0, whole.requests - then.requests),
                Math.max(0, whole.errors - then.errors),
                IntStream.range(0, whole.buckets.size())
                        .mapToObj(i -> Math.max(0, whole.buckets.get(i) - then.buckets.get(i)))
                        .toList());
    }

    private static Tally of(Counts counts) {
        long errors = counts.statuses().entrySet().stream()
                .filter(entry -> entry.getKey() >= 500)
                .mapToLong(entry -> entry.getValue())
                .sum();
        return new Tally(counts.requests(), errors, counts.buckets());
    }

    Tally plus(Tally other) {
        return new Tally(
                requests + other.requests,
                errors + other.errors,
                IntStream.range(0, buckets.size())
                        .mapToObj(i -> buckets.get(i) + other.buckets.get(i))
                        .toList());
    }

    /// Milliseconds within which this share of the requests was answered: by even spread within a bucket; those beyond
    /// the last bound count as it.
    OptionalLong within(double share) {
        long all = buckets.stream().mapToLong(Long::longValue).sum();
        double wanted = share * all;
        double seen = 0;
        double low = 0;
        for (int i = 0; i < buckets.size() && all > 0; i++) {
            double high = i < EdgeReport.BOUNDS.size() ? EdgeReport.BOUNDS.get(i) : low;
            if (buckets.get(i) > 0 && seen + buckets.get(i) >= wanted) {
                return OptionalLong.of(Math.round(1000 * (low + (high - low) * (wanted - seen) / buckets.get(i))));
            }
            seen += buckets.get(i);
            low = high;
        }
        return OptionalLong.empty();
    }
}
