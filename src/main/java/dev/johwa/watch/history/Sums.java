package dev.johwa.watch.history;

import dev.johwa.watch.history.Course.OfRelease;
import dev.johwa.watch.telemetry.Buckets;
import dev.johwa.watch.telemetry.Stepped;
import dev.johwa.watch.telemetry.Telemetry;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Figures of a release while they are gathered, for each step.
final class Sums {
    final double[] requests;
    final double[] errors;
    final double[] cpuSeconds;
    final double[] counted;
    /// Of all looks at all instances, added up.
    final double[] memory;
    /// Cumulated counts by upper bound.
    final TreeMap<Double, double[]> buckets = new TreeMap<>();

    Sums(int steps) {
        requests = nothing(steps);
        errors = nothing(steps);
        cpuSeconds = nothing(steps);
        counted = nothing(steps);
        memory = nothing(steps);
    }

    static double[] nothing(int steps) {
        var values = new double[steps];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /// What is not known counts as nothing beside what is.
    static void add(double[] more, double[] to) {
        for (int i = 0; i < to.length; i++) {
            if (!Double.isNaN(more[i])) {
                to[i] = Double.isNaN(to[i]) ? more[i] : to[i] + more[i];
            }
        }
    }

    /// Adds up what was seen at each look of which the means are told.
    static void addLooks(Stepped means, double[] to) {
        var sums = means.values().clone();
        Arrays.setAll(sums, i -> sums[i] * means.counts()[i]);
        add(sums, to);
    }

    double[] bucket(double upTo) {
        return buckets.computeIfAbsent(upTo, any -> nothing(requests.length));
    }

    void add(Sums other) {
        add(other.requests, requests);
        add(other.errors, errors);
        add(other.cpuSeconds, cpuSeconds);
        add(other.counted, counted);
        add(other.memory, memory);
        other.buckets.forEach((upTo, counts) -> add(counts, bucket(upTo)));
    }

    /// Whether it did anything, or had anything.
    boolean isThere() {
        return total(requests) > 0 || Arrays.stream(memory).anyMatch(Double::isFinite);
    }

    static double total(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sum();
    }

    /// @param looks how many there were at all in each step
    OfRelease of(OptionalInt number, Window window, double[] looks) {
        return new OfRelease(
                number,
                total(requests),
                total(errors),
                perSecond(requests, window),
                share(),
                new Course.Times(within(0.5), within(0.95), within(0.99)),
                perSecond(cpuSeconds, window),
                mean(memory, window, looks),
                total(counted),
                perMinute(window));
    }

    private double[] perMinute(Window window) {
        var values = perSecond(counted, window);
        Arrays.setAll(values, i -> 60 * values[i]);
        return values;
    }

    /// Instances that followed each other within a step had less together than each had.
    private static double[] mean(double[] sums, Window window, double[] looks) {
        var values = sums.clone();
        double usual = Telemetry.STEP.toMillis() / 1000.0;
        Arrays.setAll(values, i -> sums[i] / (looks[i] > 0 ? looks[i] : window.seconds(i) / usual));
        return values;
    }

    private static double[] perSecond(double[] counts, Window window) {
        var values = counts.clone();
        Arrays.setAll(values, i -> counts[i] / window.seconds(i));
        return values;
    }

    private double[] share() {
        var share = nothing(requests.length);
        for (int i = 0; i < share.length; i++) {
            if (requests[i] > 0) {
                share[i] = Double.isNaN(errors[i]) ? 0 : Math.min(1, errors[i] / requests[i]);
            }
        }
        return share;
    }

    private double[] within(double wanted) {
        var upTo = buckets.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        var counted = buckets.values().toArray(double[][]::new);
        var times = nothing(requests.length);
        var counts = new double[upTo.length];
        for (int i = 0; i < times.length && upTo.length > 0; i++) {
            for (int bound = 0; bound < upTo.length; bound++) {
                counts[bound] = Double.isNaN(counted[bound][i]) ? 0 : counted[bound][i];
            }
            times[i] = Buckets.quantile(wanted, upTo, counts, upTo.length);
        }
        return times;
    }
}
