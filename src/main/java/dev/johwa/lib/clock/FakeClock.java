package dev.johwa.lib.clock;

import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until it is told to move; sleeping on it moves it.
public final class FakeClock implements Clock {
    private Instant now;
    private long ticks;

    public FakeClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized long ticks() {
        return ticks;
    }

    @Override
    public void sleep(Duration duration) {
        advance(duration);
    }

    /// Moves the time of the day and the ticks forward.
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
        ticks += duration.toNanos();
    }

    /// Sets the time of the day only, as an operator or NTP would.
    public synchronized void set(Instant time) {
        now = time;
    }
}
