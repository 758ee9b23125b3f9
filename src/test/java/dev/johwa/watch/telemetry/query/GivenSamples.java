package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Samples;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.Source;
import java.util.Arrays;
import java.util.List;

/// Samples in memory, for queries.
record GivenSamples(List<Series> all) implements Source {
    @Override
    public List<Series> select(List<Matcher> matchers, long from, long until, Column column) {
        return all.stream()
                .filter(series -> matchers.stream().allMatch(each -> each.meets(series.labels())))
                .map(series -> new Series(series.labels(), cut(series.samples(), from, until, column)))
                .toList();
    }

    private static Samples cut(Samples samples, long from, long until, Column column) {
        int low = 0;
        int high = samples.size();
        while (low < high && samples.times()[low] <= from) {
            low++;
        }
        while (high > low && samples.times()[high - 1] > until) {
            high--;
        }
        var values = Arrays.copyOfRange(samples.values(), low, high);
        if (column == Column.COUNT) {
            Arrays.fill(values, 1);
        }
        return new Samples(Arrays.copyOfRange(samples.times(), low, high), values);
    }

    /// With what is not given as labels is the name.
    static Series series(Labels labels, long[] times, double[] values) {
        return new Series(labels, new Samples(times, values));
    }
}
