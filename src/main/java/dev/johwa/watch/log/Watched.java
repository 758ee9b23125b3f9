package dev.johwa.watch.log;

import dev.johwa.lib.problem.ProblemException;

/// A text that ends a look for a regular expression once it has read far too much of it: some expressions try every way
/// to read a line, and there are more of them than atoms.
final class Watched implements CharSequence {
    private static final int MOST_READS = 5_000_000;

    private final String text;
    private int reads;

    Watched(String text) {
        this.text = text;
    }

    ProblemException endless() {
        return Effort.endless("a line of this log");
    }

    /// How many letters were read, those read twice twice.
    int reads() {
        return reads;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads > MOST_READS) {
            throw endless();
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
