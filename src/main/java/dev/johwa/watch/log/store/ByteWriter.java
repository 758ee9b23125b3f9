package dev.johwa.watch.log.store;

import dev.johwa.watch.log.LogSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that are put together: numbers in as few bytes as they need, texts with their length before them.
final class ByteWriter {
    private byte[] bytes;
    private int size;

    ByteWriter(int expected) {
        this.bytes = new byte[Math.max(64, expected)];
    }

    int size() {
        return size;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /// A number that is not negative, seven bits a byte.
    ByteWriter number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /// One that may be negative.
    ByteWriter signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    ByteWriter text(String text) {
        return lot(text.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter source(LogSource source) {
        return number(source.release())
                .text(source.process())
                .text(source.instance())
                .text(source.stream())
                .text(source.tag());
    }

    ByteWriter lot(byte[] lot) {
        return number(lot.length).raw(lot);
    }

    ByteWriter raw(byte[] lot) {
        room(lot.length);
        System.arraycopy(lot, 0, bytes, size, lot.length);
        size += lot.length;
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }
}
