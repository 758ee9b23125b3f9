package dev.johwa.watch.log.outline;

import java.util.Optional;

/// Looks for an outline in bytes, each of which is read once. Safe for use by many threads.
public final class Automaton {
    /// Bytes that are worth a look at several parts at once.
    private static final int LONG = 16 << 10;
    private static final int FOUND = -1;

    /// What a byte is to the table.
    private final int[] kinds;
    /// The place of the state that follows, at the place of a state and the kind of a byte behind it.
    private final int[] table;
    /// Whether nothing that is found has an end of line within it.
    private final boolean isOfOneLine;

    Automaton(int[] kinds, int[] table, boolean isOfOneLine) {
        this.kinds = kinds;
        this.table = table;
        this.isOfOneLine = isOfOneLine;
    }

    /// Empty where that would find something everywhere, or be too large.
    public static Optional<Automaton> of(Outline outline) {
        return States.automaton(outline);
    }

    /// Whether it is found among the bytes before an end.
    public boolean finds(byte[] bytes, int start, int end) {
        return isOfOneLine && end - start > LONG
                ? findsInFour(bytes, start, end)
                : after(0, bytes, start, end) == FOUND;
    }

    private int after(int from, byte[] bytes, int start, int end) {
        int state = from;
        for (int i = start; i < end && state >= 0; i++) {
            state = table[state + kinds[bytes[i] & 0xFF]];
        }
        return state;
    }

    /// Four parts side by side: the machine waits for none of them.
    private boolean findsInFour(byte[] bytes, int start, int end) {
        int quarter = (end - start) / 4;
        int second = line(bytes, start + quarter, end);
        int third = line(bytes, Math.max(second, start + 2 * quarter), end);
        int fourth = line(bytes, Math.max(third, start + 3 * quarter), end);
        int count = Math.min(Math.min(second - start, third - second), Math.min(fourth - third, end - fourth));
        int a = 0;
        int b = 0;
        int c = 0;
        int d = 0;
        for (int i = 0; i < count; i++) {
            a = table[a + kinds[bytes[start + i] & 0xFF]];
            b = table[b + kinds[bytes[second + i] & 0xFF]];
            c = table[c + kinds[bytes[third + i] & 0xFF]];
            d = table[d + kinds[bytes[fourth + i] & 0xFF]];
            if ((a | b | c | d) < 0) {
                return true;
            }
        }
        return after(a, bytes, start + count, second) == FOUND
                || after(b, bytes, second + count, third) == FOUND
                || after(c, bytes, third + count, fourth) == FOUND
                || after(d, bytes, fourth + count, end) == FOUND;
    }

    /// Where a line begins, there or later.
    private static int line(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at - 1] != '\n') {
            at++;
        }
        return at;
    }
}
