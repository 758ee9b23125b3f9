package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Samples;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Samples while they are gathered, by time in order at the end: of two of one moment the first.
final class Found {
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;
    private boolean isInOrder = true;

    void add(long time, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        isInOrder &= size == 0 || times[size - 1] < time;
        times[size] = time;
        values[size++] = value;
    }

    int size() {
        return size;
    }

    Samples samples() {
        if (isInOrder) {
            return new Samples(Arrays.copyOf(times, size), Arrays.copyOf(values, size));
        }
        var order = IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> Long.compare(times[a], times[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        var sorted = new Found();
        for (int index : order) {
            if (sorted.size == 0 || sorted.times[sorted.size - 1] < times[index]) {
                sorted.add(times[index], values[index]);
            }
        }
        return sorted.samples();
    }
}
