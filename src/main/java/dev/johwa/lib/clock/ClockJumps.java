package dev.johwa.lib.clock;

import java.time.Duration;
import java.util.OptionalLong;

/// How far the clock of the machine is put forward or back, beside the time that goes by. For one thread.
public final class ClockJumps {
    /// What is less, whoever keeps clocks right does all the time.
    private static final long SMALL = Duration.ofSeconds(10).toMillis();

    private final Clock clock;
    /// By how much the clock was ahead of the time that goes by, at the last question.
    private OptionalLong before = OptionalLong.empty();

    public ClockJumps(Clock clock) {
        this.clock = clock;
    }

    /// Milliseconds since the last question, below 0 where it was put back; mostly 0.
    public long next() {
        long ahead =
                clock.now().toEpochMilli() - Duration.ofNanos(clock.ticks()).toMillis();
        long jump = ahead - before.orElse(ahead);
        before = OptionalLong.of(ahead);
        return Math.abs(jump) < SMALL ? 0 : jump;
    }
}
