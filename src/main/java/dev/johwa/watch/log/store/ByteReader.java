package dev.johwa.watch.log.store;

import dev.johwa.watch.log.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteWriter] wrote.
final class ByteReader {
    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    int at() {
        return at;
    }

    long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    int small() {
        return Math.toIntExact(number());
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = small();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    LogSource source() {
        return new LogSource(small(), text(), text(), text(), text());
    }

    byte[] lot() {
        int length = small();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    void skip() {
        int length = small();
        at += length;
    }

    void back(int start) {
        at = start;
    }

    /// Whether these bytes come; passes over them then.
    boolean passes(byte[] expected) {
        boolean isThere = bytes.length - at >= expected.length
                && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
        at += isThere ? expected.length : 0;
        return isThere;
    }

    /// Whether the text that comes is this one; passes over it.
    boolean isText(byte[] expected) {
        int length = small();
        at += length;
        return length == expected.length && Arrays.equals(bytes, at - length, at, expected, 0, length);
    }
}
