package dev.johwa.lib.docker;

import dev.johwa.lib.process.Exit;

/// How programs of containers ended.
final class Exits {
    private static final int BY_SIGNAL = 128;
    private static final int LAST_SIGNAL = 64;

    private Exits() {}

    /// Of a container that has ended.
    static Exit of(Container container) {
        return of(container.exitCode(), container.isOutOfMemory());
    }

    /// Engines and first processes tell a signal as shells do: 128 and its number.
    static Exit of(int code, boolean isOutOfMemory) {
        int signal = code - BY_SIGNAL;
        if (isOutOfMemory && code != 0) {
            return new Exit.OutOfMemory();
        }
        return signal > 0 && signal <= LAST_SIGNAL ? new Exit.Signal(signal) : new Exit.Status(code);
    }
}
