package dev.johwa.watch.telemetry;

/// Values of a series, oldest first. The arrays are not copied: who has it does not change them.
///
/// @param times milliseconds since 1970, growing
public record Samples(long[] times, double[] values) {
    public static final Samples NONE = new Samples(new long[0], new double[0]);

    public Samples {
        if (times.length != values.length) {
            throw new IllegalArgumentException("each value has a time");
        }
    }

    public int size() {
        return times.length;
    }
}
