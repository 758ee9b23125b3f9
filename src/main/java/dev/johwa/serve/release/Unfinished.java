package dev.johwa.serve.release;

import dev.johwa.lib.db.DatabaseClosed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deployments of which it could not even be written down how they ended, as on a full disk: they are ended as soon as
/// that is possible, so that nobody waits for a start of the server.
final class Unfinished {
    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    private final Turns turns;
    private final Recovery recovery;
    private final Map<AppEnvironment, String> reasons = new ConcurrentHashMap<>();

    Unfinished(Turns turns, Recovery recovery) {
        this.turns = turns;
        this.recovery = recovery;
    }

    /// Does the work of a deployment, and remembers one that ends without an outcome.
    Outcome guarding(AppEnvironment where, Supplier<Outcome> deployment) {
        try {
            return deployment.get();
        } catch (RuntimeException e) {
            reasons.put(where, "it was cut off: " + e.getMessage());
            throw e;
        }
    }

    /// Ends the one before where the next begins, whose turn it is: it goes on from what is true.
    ///
    /// @throws RuntimeException when it still cannot be written down
    void endBefore(AppEnvironment where) {
        var reason = reasons.get(where);
        if (reason != null) {
            recovery.end(where, reason);
            reasons.remove(where);
        }
    }

    /// Ends what can be ended now.
    void end() {
        for (var each : reasons.entrySet()) {
            turns.takeIfFree(each.getKey()).ifPresent(turn -> {
                try (turn) {
                    recovery.end(each.getKey(), each.getValue());
                    reasons.remove(each.getKey());
                } catch (DatabaseClosed e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.debug("app={} is not ended yet: {}", each.getKey(), e.getMessage());
                }
            });
        }
    }
}
