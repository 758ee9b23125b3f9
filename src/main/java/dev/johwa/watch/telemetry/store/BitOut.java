package dev.johwa.watch.telemetry.store;

import java.util.Arrays;

/// Bytes that grow bit by bit.
final class BitOut {
    private static final int FIRST = 24;

    private byte[] bytes = new byte[FIRST];
    private int bits;

    /// The lowest so many bits, at most 64.
    void write(long value, int count) {
        int needed = (bits + count + 7) >> 3;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length + (bytes.length >> 1)));
        }
        int left = count;
        while (left > 0) {
            int free = 8 - (bits & 7);
            int now = Math.min(free, left);
            long part = (value >>> (left - now)) & ((1L << now) - 1);
            bytes[bits >> 3] |= (byte) (part << (free - now));
            bits += now;
            left -= now;
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, (bits + 7) >> 3);
    }
}
