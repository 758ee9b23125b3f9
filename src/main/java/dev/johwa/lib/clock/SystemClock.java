package dev.johwa.lib.clock;

import java.time.Duration;
import java.time.Instant;

/// The machine's own clock.
public final class SystemClock implements Clock {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long ticks() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
