package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Quantiles of histograms by buckets, whose counts are cumulated.
final class Histograms {
    /// Counts that differ by less are alike: as Prometheus has it.
    private static final double TOLERANCE = 1e-12;

    private static final Set<String> OF_BUCKET = Set.of(Labels.BOUND, Labels.NAME);

    private Histograms() {}

    private record Bound(double upTo, Line line) {}

    static List<Line> quantile(double[] share, List<Line> buckets) {
        var result = new ArrayList<Line>();
        Line.grouped(buckets, labels -> labels.without(OF_BUCKET)).forEach((labels, group) -> {
            var bounds = group.stream()
                    .filter(line ->
                            Numbers.bound(line.labels().get(Labels.BOUND)).isPresent())
                    .map(line -> new Bound(
                            Numbers.bound(line.labels().get(Labels.BOUND)).getAsDouble(), line))
                    .sorted((a, b) -> Double.compare(a.upTo(), b.upTo()))
                    .toList();
            var line = new Line(labels, share.length);
            for (int step = 0; step < share.length; step++) {
                one(share[step], bounds, step, line);
            }
            result.add(line);
        });
        return Line.merged(result);
    }

    private static void one(double share, List<Bound> bounds, int step, Line line) {
        var upTo = new double[bounds.size()];
        var counts = new double[bounds.size()];
        int size = 0;
        for (var bound : bounds) {
            if (!bound.line().there()[step]) {
                continue;
            }
            double count = bound.line().values()[step];
            if (size > 0 && upTo[size - 1] == bound.upTo()) {
                counts[size - 1] += count;
            } else {
                upTo[size] = bound.upTo();
                counts[size++] = count;
            }
        }
        if (size > 0) {
            line.set(step, quantile(share, upTo, counts, size));
        }
    }

    private static double quantile(double share, double[] upTo, double[] counts, int size) {
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
