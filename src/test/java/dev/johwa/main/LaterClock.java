package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import java.time.Duration;
import java.time.Instant;

/// The machine's clock, some time later.
final class LaterClock implements Clock {
    private final Clock machine = new SystemClock();
    private volatile Duration later = Duration.ZERO;

    void advance(Duration by) {
        later = later.plus(by);
    }

    @Override
    public Instant now() {
        return machine.now().plus(later);
    }

    @Override
    public long ticks() {
        return machine.ticks() + later.toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        machine.sleep(duration);
    }
}
