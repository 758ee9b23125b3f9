package dev.johwa;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that another process does, as short as it can and with a deadline that a busy machine keeps.
public final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long PAUSE_NANOS = 5_000_000;

    private Wait() {}

    public static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("it did not come true within %s", LIMIT);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
