package dev.johwa.watch.telemetry;

import java.time.Duration;
import java.time.Instant;

/// A time in equal steps; each is after its begin, up to and with its end.
public record Grid(Instant from, Duration step, int count) {
    private static final int MOST = 11_000;

    public Grid {
        if (count < 1 || count > MOST || step.toMillis() < 1) {
            throw new IllegalArgumentException("no time: " + count + " steps of " + step);
        }
    }

    public Instant until() {
        return from.plus(step.multipliedBy(count));
    }
}
