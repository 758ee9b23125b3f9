package dev.johwa.watch.verdict;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;

/// What came between two counts of the edge.
final class Counted {
    private Counted() {}

    /// A release that begins to serve now was asked nothing before.
    static Counts nothing(AppEnvironment where, int release) {
        var buckets = Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L);
        return new Counts(where.name(), where.environment(), release, 0, Map.of(), buckets, 0, 0, 0, 0, 0, 0);
    }

    static Step between(Counts earlier, Counts later, long second, int restarts) {
        long answers = Math.max(0, answers(later) - answers(earlier));
        long errors = Math.clamp(errors(later) - errors(earlier), 0, answers);
        var buckets = IntStream.range(0, later.buckets().size())
                .mapToObj(i ->
                        Math.max(0, later.buckets().get(i) - earlier.buckets().get(i)))
                .toList();
        return new Step(second, answers, errors, buckets, restarts);
    }

    private static long answers(Counts counts) {
        return counts.statuses().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long errors(Counts counts) {
        return counts.statuses().entrySet().stream()
                .filter(entry -> entry.getKey() >= 500)
                .mapToLong(entry -> entry.getValue())
                .sum();
    }
}
