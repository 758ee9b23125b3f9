package dev.johwa.watch.telemetry.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Packs times and numbers that come one after another and are much like those before.
///
/// A time is the difference of its distance to the last one from that one's. A number is, after the one before in its
/// column: the same; a whole number's difference; or the bits that changed, as Facebook's Gorilla (VLDB 2015) has it.
final class Packer {
    static final int[] TIME_BITS = {7, 12, 20, 64};
    static final int[] WHOLE_BITS = {7, 13, 21, 54};
    static final double MOST_WHOLE = 1L << 52;

    private final BitOut out = new BitOut();
    private final double[] before;
    private final byte[] leading;
    private final byte[] trailing;
    private long time;
    private long distance;
    private int size;

    Packer(int columns) {
        before = new double[columns];
        leading = new byte[columns];
        trailing = new byte[columns];
        Arrays.fill(leading, (byte) -1);
    }

    int size() {
        return size;
    }

    long time() {
        return time;
    }

    double last() {
        return before[0];
    }

    void add(long at, double... values) {
        long next = at - time;
        if (size == 0) {
            out.write(at, 64);
        } else {
            classed(next - distance, TIME_BITS, true);
            distance = next;
        }
        time = at;
        for (int column = 0; column < values.length; column++) {
            number(column, values[column]);
        }
        size++;
    }

    /// With one more bit for each class that it is too large for; nothing but one bit for 0, where that is a class.
    private void classed(long value, int[] classes, boolean hasZero) {
        if (hasZero) {
            out.write(value == 0 ? 0 : 1, 1);
            if (value == 0) {
                return;
            }
        }
        long folded = value << 1 ^ value >> 63;
        int chosen = 0;
        while (chosen < classes.length - 1 && folded >>> classes[chosen] != 0) {
            out.write(1, 1);
            chosen++;
        }
        if (chosen < classes.length - 1) {
            out.write(0, 1);
        }
        out.write(folded, classes[chosen]);
    }

    private void number(int column, double value) {
        double last = before[column];
        long changed = Double.doubleToRawLongBits(value) ^ Double.doubleToRawLongBits(last);
        if (changed == 0) {
            out.write(0, 1);
            return;
        }
        before[column] = value;
        if (isWhole(value) && isWhole(last)) {
            out.write(0b10, 2);
            classed((long) value - (long) last, WHOLE_BITS, false);
            return;
        }
        out.write(0b11, 2);
        int lead = Math.min(31, Long.numberOfLeadingZeros(changed));
        int trail = Long.numberOfTrailingZeros(changed);
        if (leading[column] >= 0 && lead >= leading[column] && trail >= trailing[column]) {
            out.write(0, 1);
            out.write(changed >>> trailing[column], 64 - leading[column] - trailing[column]);
            return;
        }
        leading[column] = (byte) lead;
        trailing[column] = (byte) trail;
        out.write(1, 1);
        out.write(lead, 5);
        out.write(64 - lead - trail - 1, 6);
        out.write(changed >>> trail, 64 - lead - trail);
    }

    /// Zero below zero is no whole number here, since its sign would be lost.
    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < MOST_WHOLE && !(value == 0 && 1 / value < 0);
    }

    /// How many there are, and they.
    byte[] bytes() {
        var bits = out.bytes();
        return ByteBuffer.allocate(Integer.BYTES + bits.length)
                .putInt(size)
                .put(bits)
                .array();
    }
}
