package dev.johwa.lib.db;

import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// A server of databases that is away for a while: since when, why, and how long it is waited for. Safe for use by many
/// threads.
final class Outage {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Clock clock;
    private final Duration patience;
    private volatile Optional<Away> away = Optional.empty();
    private volatile boolean closed;

    /// @param patience how long work that is going on waits
    Outage(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /// @param since of the clock's ticks
    private record Away(long since, String why) {}

    /// Tries, at least once, until it works or the outage lasts longer than the patience.
    ///
    /// @throws RuntimeException what the last try failed with
    <T> T bridge(Supplier<T> attempt) {
        return bridge(patience, attempt);
    }

    /// The same with a patience of its own.
    <T> T bridge(Duration most, Supplier<T> attempt) {
        while (true) {
            try {
                var done = attempt.get();
                away = Optional.empty();
                return done;
            } catch (RuntimeException e) {
                if (!PostgresFailures.isLost(e)) {
                    throw e;
                }
                long since = begun(e);
                if (closed || clock.ticks() - since > most.toNanos()) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private synchronized long begun(RuntimeException failure) {
        var why = Failures.cause(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .orElse("");
        long since = away.map(Away::since).orElseGet(clock::ticks);
        away = Optional.of(new Away(since, why));
        return since;
    }

    private void pause(RuntimeException failure) {
        try {
            clock.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    /// How long it lasts; empty when there is none.
    OptionalLong seconds() {
        return away.stream()
                .mapToLong(
                        each -> Duration.ofNanos(clock.ticks() - each.since()).toSeconds())
                .findFirst();
    }

    String why() {
        return away.map(Away::why).orElse("");
    }

    /// Nobody waits any more.
    void close() {
        closed = true;
    }
}
