package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One deployment at a time per app and environment; others wait for their turn, or until they are cancelled.
final class Turns {
    private static final long QUIET_MILLIS = 500;

    private final Map<AppEnvironment, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// Ends a turn.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws DeploymentFailed when cancelled before the turn came
    Turn take(AppEnvironment where, Progress progress, Cancel cancel) {
        var lock = lock(where);
        try {
            // The supervisor has it for a moment now and then, of which nobody needs to hear.
            if (!lock.tryLock(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.stage("waiting", "another deployment of " + where + " goes on", -1);
                while (!lock.tryLock(50, TimeUnit.MILLISECONDS)) {
                    cancel.reason().ifPresent(reason -> {
                        throw new DeploymentFailed(reason);
                    });
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentFailed("the server stops");
        }
        return lock::unlock;
    }

    /// The turn when nobody has it now.
    Optional<Turn> takeIfFree(AppEnvironment where) {
        var lock = lock(where);
        return lock.tryLock() ? Optional.of(lock::unlock) : Optional.empty();
    }

    private ReentrantLock lock(AppEnvironment where) {
        return locks.computeIfAbsent(where, key -> new ReentrantLock(true));
    }

    /// Whether a deployment goes on there now.
    boolean isTaken(AppEnvironment where) {
        var lock = locks.get(where);
        return lock != null && lock.isLocked();
    }
}
