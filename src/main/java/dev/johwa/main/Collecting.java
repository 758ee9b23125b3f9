package dev.johwa.main;

import dev.johwa.door.api.Collected;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.backup.BackupPorts.Held;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Repositories;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that takes files away or packs them, each hour and when asked; one at a time, and never while a backup copies
/// them.
final class Collecting {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);
    private static final Duration EACH = Duration.ofHours(1);

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Releases releases;
    private final Housekeeping housekeeping;
    private final Repositories repositories;

    Collecting(Releases releases, Housekeeping housekeeping, Repositories repositories) {
        this.releases = releases;
        this.housekeeping = housekeeping;
        this.repositories = repositories;
    }

    void start(Tasks tasks) {
        tasks.every(EACH, "tidying", () -> alone(releases::tidy));
        tasks.every(EACH, "garbage collection", this::collect);
        tasks.every(EACH, "packing repositories", () -> alone(this::pack));
    }

    /// Waits for a backup that is being made.
    Collected collect() {
        try (var _ = hold()) {
            return housekeeping.collect();
        }
    }

    private void alone(Runnable work) {
        try (var _ = hold()) {
            work.run();
        }
    }

    /// Holds all of it off until it is closed, by the same thread.
    Held hold() {
        turn.lock();
        return turn::unlock;
    }

    private void pack() {
        for (var project : repositories.list()) {
            try {
                repositories.collect(project).ifPresent(done -> LOG.info("project={} repository: {}", project, done));
            } catch (RuntimeException e) {
                LOG.warn("project={} repository could not be packed", project, e);
            }
        }
    }
}
