package dev.johwa.lib.clock;

import java.time.Duration;
import java.time.Instant;

/// What time it is, and waiting for time to pass. Safe for use by many threads.
public interface Clock {
    /// The time of the day; it may jump in both directions.
    Instant now();

    /// Nanoseconds that only ever grow, for measuring how long something took; the start is arbitrary.
    long ticks();

    /// Waits until so much time has passed.
    void sleep(Duration duration) throws InterruptedException;

    /// The same for who has nothing to do when it is interrupted but to end.
    ///
    /// @throws IllegalStateException when it is; the thread stays interrupted
    default void pause(Duration duration) {
        try {
            sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
