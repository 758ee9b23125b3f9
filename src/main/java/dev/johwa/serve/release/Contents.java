package dev.johwa.serve.release;

import dev.johwa.serve.release.Release.State;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Releases that were read once: what they are made of never changes after their deployment, and who looks after a
/// thousand apps asks for it again and again. Bounded; safe for use by many threads.
final class Contents {
    private static final int MOST = 4_096;

    private final ReentrantLock one = new ReentrantLock();
    private final Map<Key, Release> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Release> eldest) {
            return size() > MOST;
        }
    };

    /// All that may change of a release, and what tells it from any other: an app that was deleted and came back has
    /// the same numbers again, but never at the same time.
    record Key(
            AppEnvironment where,
            int number,
            long createdAt,
            String state,
            boolean commandRan,
            String reason,
            boolean current) {
        /// On its way a release still learns what it is.
        private boolean isSettled() {
            return !state.equals(State.DEPLOYING.name());
        }
    }

    Optional<Release> find(Key key) {
        one.lock();
        try {
            return Optional.ofNullable(kept.get(key));
        } finally {
            one.unlock();
        }
    }

    /// @param read reads it where it is not there yet
    Release of(Key key, Supplier<Release> read) {
        if (!key.isSettled()) {
            return read.get();
        }
        one.lock();
        try {
            return kept.computeIfAbsent(key, _ -> read.get());
        } finally {
            one.unlock();
        }
    }
}
