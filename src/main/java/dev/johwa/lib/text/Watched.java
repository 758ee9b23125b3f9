package dev.johwa.lib.text;

import java.util.function.Supplier;

/// A text that ends a look for a regular expression once it has read far too much of it: some expressions try every way
/// to read a line, and there are more of them than atoms.
public final class Watched implements CharSequence {
    private static final int MOST_READS = 5_000_000;

    private final String text;
    private final Supplier<? extends RuntimeException> endless;
    private int reads;

    /// @param endless what is thrown then
    public Watched(String text, Supplier<? extends RuntimeException> endless) {
        this.text = text;
        this.endless = endless;
    }

    /// How many letters were read, those read twice twice.
    public int reads() {
        return reads;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads > MOST_READS) {
            throw endless.get();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
