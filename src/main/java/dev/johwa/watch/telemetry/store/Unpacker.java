package dev.johwa.watch.telemetry.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads what [Packer] packed.
final class Unpacker {
    private final BitIn in;
    private final int size;
    private final double[] values;
    private final int[] leading;
    private final int[] trailing;
    private long time;
    private long distance;
    private int read;

    Unpacker(byte[] bytes, int columns) {
        this.in = new BitIn(bytes, Integer.BYTES);
        this.size = ByteBuffer.wrap(bytes).getInt();
        this.values = new double[columns];
        this.leading = new int[columns];
        this.trailing = new int[columns];
        Arrays.fill(leading, -1);
    }

    int size() {
        return size;
    }

    /// Goes to the next, if there is one.
    boolean next() {
        if (read == size) {
            return false;
        }
        if (read++ == 0) {
            time = in.read(64);
        } else {
            distance += in.next() ? classed(Packer.TIME_BITS) : 0;
            time += distance;
        }
        for (int column = 0; column < values.length; column++) {
            values[column] = number(column);
        }
        return true;
    }

    long time() {
        return time;
    }

    double value(int column) {
        return values[column];
    }

    private long classed(int[] classes) {
        int chosen = 0;
        while (chosen < classes.length - 1 && in.next()) {
            chosen++;
        }
        long folded = in.read(classes[chosen]);
        return folded >>> 1 ^ -(folded & 1);
    }

    private double number(int column) {
        double last = values[column];
        if (!in.next()) {
            return last;
        }
        if (!in.next()) {
            return (long) last + classed(Packer.WHOLE_BITS);
        }
        if (in.next()) {
            leading[column] = (int) in.read(5);
            trailing[column] = 64 - leading[column] - (int) in.read(6) - 1;
        }
        long changed = in.read(64 - leading[column] - trailing[column]) << trailing[column];
        return Double.longBitsToDouble(Double.doubleToRawLongBits(last) ^ changed);
    }
}
