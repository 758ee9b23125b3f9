package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which blobs were lately found to be those of their digests. Bounded; safe for use by many threads.
final class Proofs {
    private static final Duration FRESH = Duration.ofDays(1);
    private static final int MOST = 10_000;

    private final Clock clock;
    /// When, by ticks of the clock.
    private final Map<Digest, Long> proven = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Long> eldest) {
            return size() > MOST;
        }
    };

    Proofs(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Digest blob) {
        proven.remove(blob);
        proven.put(blob, clock.ticks());
    }

    synchronized boolean isFresh(Digest blob) {
        var at = proven.get(blob);
        return at != null && clock.ticks() - at < FRESH.toNanos();
    }
}
