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
}
