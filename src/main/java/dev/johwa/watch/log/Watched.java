package dev.johwa.watch.log;

import dev.johwa.lib.problem.Problem;

/// A text that ends a look for a regular expression once it has read far too much of it: some expressions try every way
/// to read a line, and there are more of them than atoms.
final class Watched implements CharSequence {
    private static final int MOST_READS = 5_000_000;

    private final String text;
    private int reads;

    Watched(String text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads > MOST_READS) {
            throw Problem.user("search.endless", "the regular expression takes too long on a line of this log")
                    .hint("name more of what a line contains, and repeat nothing within what is repeated")
                    .exception();
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
