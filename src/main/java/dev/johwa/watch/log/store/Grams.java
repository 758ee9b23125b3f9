package dev.johwa.watch.log.store;

/// Which three bytes follow each other somewhere in a block, upper and lower case alike: a bit for each, at a place
/// that others share. What lacks a bit of a text lacks the text.
final class Grams {
    static final int WIDTH = 3;

    private static final int MOST_BITS = 1 << 18;
    private static final int FEWEST_BITS = 1 << 10;
    /// Bits for each that is there.
    private static final int SPACE = 4;

    private final long[] words = new long[MOST_BITS / Long.SIZE];
    private int count;

    static int place(int gram) {
        int hash = gram * 0x9E3779B1;
        return (hash ^ hash >>> 15) & MOST_BITS - 1;
    }

    static int lower(byte each) {
        return each >= 'A' && each <= 'Z' ? each + 32 : each & 0xFF;
    }

    void add(byte[] bytes, int start, int end) {
        int gram = 0;
        for (int i = start; i < end; i++) {
            gram = (gram << 8 | lower(bytes[i])) & 0xFFFFFF;
            if (i - start >= WIDTH - 1) {
                int place = place(gram);
                long bit = 1L << place;
                if ((words[place >> 6] & bit) == 0) {
                    words[place >> 6] |= bit;
                    count++;
                }
            }
        }
    }

    /// In as few bits as serve.
    byte[] bytes() {
        int bits = FEWEST_BITS;
        while (bits < MOST_BITS && bits < SPACE * count) {
            bits *= 2;
        }
        var bytes = new byte[bits / Byte.SIZE];
        for (int i = 0; i < words.length; i++) {
            for (int part = 0; part < Long.BYTES; part++) {
                bytes[(i * Long.BYTES + part) & bytes.length - 1] |= (byte) (words[i] >>> part * Byte.SIZE);
            }
        }
        return bytes;
    }

    /// @param bits what [#bytes] gave
    static boolean has(byte[] bits, int place) {
        int folded = place & bits.length * Byte.SIZE - 1;
        return (bits[folded >> 3] & 1 << (folded & 7)) != 0;
    }
}
