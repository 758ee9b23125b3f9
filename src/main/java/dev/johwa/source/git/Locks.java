package dev.johwa.source.git;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Who writes to a repository now: pushes beside each other; collecting and deleting alone, since both take away files
/// that a push in flight counts on. Safe for use by many threads.
final class Locks {
    private static final int EVERYBODY = 1 << 20;

    private final Map<String, Semaphore> repositories = new ConcurrentHashMap<>();

    /// A turn; closing it twice does no harm.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /// A turn beside others, or nothing when somebody still works alone after so long.
    Optional<Held> shared(String name, Duration patience) {
        return take(name, 1, patience);
    }

    /// A turn alone, or nothing when others are still at work after so long.
    Optional<Held> alone(String name, Duration patience) {
        return take(name, EVERYBODY, patience);
    }

    private Optional<Held> take(String name, int places, Duration patience) {
        var lock = lock(name);
        try {
            return lock.tryAcquire(places, patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(held(lock, places))
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Semaphore lock(String name) {
        return repositories.computeIfAbsent(name, key -> new Semaphore(EVERYBODY, true));
    }

    private static Held held(Semaphore lock, int places) {
        var isHeld = new AtomicBoolean(true);
        return () -> {
            if (isHeld.compareAndSet(true, false)) {
                lock.release(places);
            }
        };
    }
}
