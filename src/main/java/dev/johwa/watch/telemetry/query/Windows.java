package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Samples;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.query.Expression.Shift;
import java.util.Arrays;

/// The samples of a series that lie within a range before each step: after its start, up to and with its end.
final class Windows {
    private final Labels labels;
    private final Samples samples;
    private final Steps steps;
    private final Steps whole;
    private final long length;
    private final Shift shift;
    private int low;
    private int high;
    private long until;
    private long moment;

    /// @param whole the steps of the query, which `@ start()` and `@ end()` mean
    Windows(Series series, Steps steps, Steps whole, long length, Shift shift) {
        this.labels = series.labels();
        this.samples = series.samples();
        this.steps = steps;
        this.whole = whole;
        this.length = length;
        this.shift = shift;
    }

    /// To a later step, or the same.
    void move(int step) {
        moment = steps.at(step);
        until = shift.of(moment, whole);
        long[] times = samples.times();
        while (high < times.length && times[high] <= until) {
            high++;
        }
        while (low < high && times[low] <= until - length) {
            low++;
        }
    }

    Labels labels() {
        return labels;
    }

    int steps() {
        return steps.count();
    }

    int size() {
        return high - low;
    }

    long time(int index) {
        return samples.times()[low + index];
    }

    double value(int index) {
        return samples.values()[low + index];
    }

    double[] copy() {
        return Arrays.copyOfRange(samples.values(), low, high);
    }

    long from() {
        return until - length;
    }

    long until() {
        return until;
    }

    long length() {
        return length;
    }

    /// The step itself, wherever the range lies.
    long moment() {
        return moment;
    }
}
