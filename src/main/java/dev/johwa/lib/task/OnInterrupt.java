package dev.johwa.lib.task;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/// What is done each time a person presses Ctrl-C, instead of ending this program; close it when that is over.
public final class OnInterrupt implements AutoCloseable {
    private static final Signal INTERRUPT = new Signal("INT");

    private final SignalHandler before;

    /// @param work runs in a thread of its own, also while an earlier press is being worked on
    public OnInterrupt(Runnable work) {
        this.before = Signal.handle(INTERRUPT, signal -> work.run());
    }

    @Override
    public void close() {
        Signal.handle(INTERRUPT, before);
    }
}
