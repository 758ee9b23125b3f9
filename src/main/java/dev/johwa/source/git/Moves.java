package dev.johwa.source.git;

import java.util.concurrent.atomic.AtomicLong;

/// Counts what moves refs until all that follows is written down. Safe for use by many threads.
final class Moves {
    private final AtomicLong open = new AtomicLong();

    /// Something that moves refs, and what follows it.
    @FunctionalInterface
    interface Move<E extends Exception> {
        void make() throws E;
    }

    /// One that throws stays open: a ref may have moved, and nobody wrote down what was to follow.
    <E extends Exception> void around(Move<E> move) throws E {
        open.incrementAndGet();
        move.make();
        open.decrementAndGet();
    }

    /// What follows a move failed: it stays open.
    void unsettled() {
        open.incrementAndGet();
    }

    boolean areSettled() {
        return open.get() == 0;
    }
}
