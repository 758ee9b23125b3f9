package dev.johwa.lib.task;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What cannot be done now, as while the container engine is away: it is tried again now and then, so that everything
/// else goes on. Nothing of it is kept: whoever starts anew finds by itself what is left to do. Safe for use by many
/// threads.
public final class Postponed {
    private static final Logger LOG = LoggerFactory.getLogger(Postponed.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Map<String, BooleanSupplier> left = new ConcurrentHashMap<>();
    private volatile long triedAt;

    public Postponed(Clock clock) {
        this.clock = clock;
    }

    /// Does it, now or later.
    ///
    /// @param what it is, in words
    /// @param work says whether it is done; it may be called again
    /// @return whether it is done
    public boolean attempt(String what, BooleanSupplier work) {
        try {
            if (work.getAsBoolean()) {
                return true;
            }
        } catch (ProblemException e) {
            LOG.warn("{} has to wait, and is tried again: {}", what, e.getMessage());
        }
        left.put(what, work);
        triedAt = clock.ticks();
        return false;
    }

    /// Tries again what is left, when it has waited for a while.
    public void again() {
        if (left.isEmpty() || clock.ticks() - triedAt < PAUSE.toNanos()) {
            return;
        }
        triedAt = clock.ticks();
        left.forEach(this::again);
    }

    private void again(String what, BooleanSupplier work) {
        try {
            if (work.getAsBoolean()) {
                left.remove(what, work);
                LOG.info("{} is done", what);
            }
        } catch (ProblemException e) {
            LOG.debug("{} still has to wait: {}", what, e.getMessage());
        }
    }
}
