package dev.johwa;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that another process does, as short as it can and with a deadline that a busy machine keeps.
public final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long SHORTEST_PAUSE = 5_000_000;
    private static final long LONGEST_PAUSE = 25_000_000;
    /// Of the time that has passed, one part is the next pause: who waits long leaves the machine to what it waits for.
    private static final int PARTS = 20;

    private Wait() {}

    public static void eventually(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long passed = System.nanoTime() - start;
            if (passed > LIMIT.toNanos()) {
                fail("it did not come true within %s", LIMIT);
            }
            LockSupport.parkNanos(Math.clamp(passed / PARTS, SHORTEST_PAUSE, LONGEST_PAUSE));
        }
    }
}
