package dev.johwa.source.dockerfile.stage;

import dev.johwa.source.dockerfile.syntax.Refused;

/// How much the variables and lists of a Dockerfile may come to together, since a few lines of it can double them again
/// and again. Of one thread.
final class Budget {
    /// Letters. The largest Dockerfiles that people write come to some hundredths of it.
    private static final long WHOLE = 16 << 20;

    /// Letters that an entry of a list counts for, which is about the memory that it takes.
    private static final long ENTRY = 64;

    private long left = WHOLE;

    /// @throws Refused from when it is used up
    void spendEntries(long count) throws Refused {
        spend(count * ENTRY);
    }

    /// @throws Refused from when it is used up
    void spend(long amount) throws Refused {
        left -= amount;
        if (left < 0) {
            throw new Refused(
                    "too-much",
                    "the values of this file come to more than " + WHOLE + " letters",
                    null,
                    "a variable that names itself twice doubles with each line");
        }
    }
}
