package dev.johwa.watch.telemetry.store;

/// Reads bits as [BitOut] wrote them.
final class BitIn {
    private final byte[] bytes;
    private int bits;

    BitIn(byte[] bytes, int from) {
        this.bytes = bytes;
        this.bits = from << 3;
    }

    /// At most 64 of them.
    long read(int count) {
        long value = 0;
        int left = count;
        while (left > 0) {
            int free = 8 - (bits & 7);
            int now = Math.min(free, left);
            int part = (bytes[bits >> 3] & 0xff) >>> (free - now) & ((1 << now) - 1);
            value = value << now | part;
            bits += now;
            left -= now;
        }
        return value;
    }

    boolean next() {
        return read(1) == 1;
    }
}
