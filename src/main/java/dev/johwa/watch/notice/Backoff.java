package dev.johwa.watch.notice;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// How long to wait after an attempt that failed: seconds first, then hours, each a little more or less, so that not
/// all come back at once.
final class Backoff {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(8),
            Duration.ofHours(8));
    /// After so many nothing of it is tried again: who is down for a whole day still hears of its first hour.
    static final int ATTEMPTS = PAUSES.size() + 1;

    private static final double LEAST = 0.8;
    private static final double MOST = 1.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @param attempts that failed in a row, from 1
    Duration after(int attempts) {
        var pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
        return Duration.ofMillis((long) (pause.toMillis() * random.nextDouble(LEAST, MOST)));
    }
}
