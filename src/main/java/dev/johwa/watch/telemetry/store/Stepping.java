package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Stepped;

/// Sums up samples and rows of one series, oldest first, by the steps of a time.
final class Stepping {
    /// What a counter grew by in a longer silence came nobody knows when: it is in no step.
    static final long SILENCE = 5 * 60_000;

    private final boolean isCounter;
    private final long from;
    private final long step;
    private final long silence;
    private final double[] sums;
    private final double[] counts;
    private long time = Long.MIN_VALUE;
    private double last;
    private boolean isEmpty = true;

    /// @param from milliseconds since 1970
    /// @param silence how long after a value another is expected at least
    Stepping(Kind kind, long from, long step, int count, long silence) {
        this.isCounter = kind == Kind.COUNTER;
        this.from = from;
        this.step = step;
        this.silence = silence;
        this.sums = new double[count];
        this.counts = new double[count];
    }

    void samples(byte[] chunk) {
        var in = new Unpacker(chunk, 1);
        while (in.next()) {
            double value = in.value(0);
            if (in.time() > time && !Double.isNaN(value)) {
                double grown = isKnown(in.time()) ? value >= last ? value - last : value : 0;
                add(in.time(), 1, isCounter ? grown : value);
                last = value;
            }
        }
    }

    void rows(byte[] chunk, Kind kind) {
        var in = new Unpacker(chunk, Row.COLUMNS);
        while (in.next()) {
            var row = Row.read(kind, in);
            if (row.time() > time && !Double.isNaN(row.last())) {
                add(row.time(), row.count(), isCounter ? grown(row) : row.sum());
                last = row.last();
            }
        }
    }

    private double grown(Row row) {
        return isKnown(row.time()) ? row.reached(0, last) : row.reached(0, row.first());
    }

    private boolean isKnown(long at) {
        return time != Long.MIN_VALUE && at - time <= silence;
    }

    private void add(long at, double count, double sum) {
        time = at;
        long index = Math.ceilDiv(at - from, step) - 1;
        if (index < 0 || index >= sums.length) {
            return;
        }
        int place = (int) index;
        isEmpty = false;
        sums[place] += sum;
        counts[place] += count;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /// What there is by now; nothing is to be added afterwards.
    Stepped stepped(Labels labels) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = counts[i] == 0 ? Double.NaN : isCounter ? sums[i] : sums[i] / counts[i];
        }
        return new Stepped(labels, sums, counts);
    }
}
