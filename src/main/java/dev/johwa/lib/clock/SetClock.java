package dev.johwa.lib.clock;

import java.time.Duration;
import java.time.Instant;

/// Notices that somebody set the time of day, or that the machine slept: by how much it went on otherwise than time
/// passed. For one thread.
public final class SetClock {
    /// What is slower than this is a clock that is being drawn into line.
    private static final Duration LEAST = Duration.ofSeconds(20);

    private final Clock clock;
    private Instant seen;
    private long ticks;

    public SetClock(Clock clock) {
        this.clock = clock;
        this.seen = clock.now();
        this.ticks = clock.ticks();
    }

    /// By how much it was set since this was last asked; negative: back; zero where it was not.
    public Duration sinceLast() {
        var now = clock.now();
        long passed = clock.ticks() - ticks;
        var set = Duration.between(seen, now).minusNanos(passed);
        seen = now;
        ticks += passed;
        return set.abs().compareTo(LEAST) < 0 ? Duration.ZERO : set;
    }
}
