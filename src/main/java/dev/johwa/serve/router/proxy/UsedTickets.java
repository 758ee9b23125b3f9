package dev.johwa.serve.router.proxy;

import java.util.HashMap;
import java.util.Map;

/// Tickets that somebody came in with already, until they hold no longer by themselves. Safe for use by many threads.
final class UsedTickets {
    private static final int MOST = 100_000;

    private final Map<String, Long> used = new HashMap<>();

    /// @return whether nobody came in with it before
    synchronized boolean use(String nonce, long until, long now) {
        if (used.size() >= MOST) {
            used.values().removeIf(end -> end <= now);
        }
        return used.size() < MOST && used.putIfAbsent(nonce, until) == null;
    }
}
