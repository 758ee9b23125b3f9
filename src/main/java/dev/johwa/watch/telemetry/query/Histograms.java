package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Buckets;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Quantiles of histograms by buckets, whose counts are cumulated.
final class Histograms {
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
            line.set(step, Buckets.quantile(share, upTo, counts, size));
        }
    }
}
