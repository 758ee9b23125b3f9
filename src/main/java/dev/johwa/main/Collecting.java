package dev.johwa.main;

import dev.johwa.door.api.Collected;
import dev.johwa.door.api.DiskUse;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Disk.Room;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.backup.BackupPorts.Held;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.git.Repositories;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that takes files away or packs them, each hour and when asked; one at a time, and never while a backup copies
/// them.
final class Collecting {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);
    private static final Duration EACH = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration BETWEEN_RELIEFS = Duration.ofMinutes(5);
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Releases releases;
    private final Housekeeping housekeeping;
    private final Repositories repositories;
    private final Capacity capacity;
    private final Clock clock;
    private Optional<Long> relieved = Optional.empty();
    private Optional<CompletableFuture<Void>> measuring = Optional.empty();
    private long measuredAt;

    Collecting(
            Releases releases, Housekeeping housekeeping, Repositories repositories, Capacity capacity, Clock clock) {
        this.releases = releases;
        this.housekeeping = housekeeping;
        this.repositories = repositories;
        this.capacity = capacity;
        this.clock = clock;
    }

    void start(Tasks tasks) {
        // Gigabytes may lie there, and a restart is no reason to keep them for another hour.
        var _ = tasks.run("cut pushes", () -> alone(housekeeping::removeTorn));
        tasks.every(EACH, "tidying", () -> alone(releases::tidy));
        tasks.every(EACH, "garbage collection", this::collect);
        tasks.every(LOOK, "room on the disk", this::relieve);
        tasks.every(EACH, "packing repositories", () -> alone(this::pack));
    }

    /// Waits for a backup that is being made.
    Collected collect() {
        try (var _ = hold()) {
            return housekeeping.collect(capacity.lacking());
        }
    }

    /// While builds wait for room, what nobody needs goes at once, and caches more than usual.
    private void relieve() {
        long now = clock.ticks();
        boolean isDue =
                relieved.filter(at -> now - at < BETWEEN_RELIEFS.toNanos()).isEmpty();
        if (isDue && capacity.room().compareTo(Room.SHORT) >= 0) {
            relieved = Optional.of(now);
            var collected = collect();
            LOG.info("the disk is short of room: freed={}", collected.freedBytes());
        }
    }

    /// What takes how much. It is measured beside when that is some minutes ago; who asks first waits a moment.
    DiskUse use(Tasks tasks) {
        var going = measure(tasks);
        if (housekeeping.measured().isEmpty()) {
            await(going);
        }
        return capacity.use(housekeeping.measured().orElse(List.of()));
    }

    private synchronized CompletableFuture<Void> measure(Tasks tasks) {
        long now = clock.ticks();
        boolean isFresh = housekeeping.measured().isPresent() && now - measuredAt < FRESH.toNanos();
        if (measuring.filter(going -> isFresh || !going.isDone()).isEmpty()) {
            measuredAt = now;
            measuring = Optional.of(tasks.run("measure the disk", housekeeping::measure));
        }
        return measuring.orElseThrow();
    }

    private static void await(CompletableFuture<Void> going) {
        try {
            going.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("the disk is not measured yet: {}", e.toString());
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
        var served = releases.commits();
        for (var project : repositories.list()) {
            try {
                repositories
                        .collect(project, served.getOrDefault(project, Set.of()))
                        .ifPresent(done -> LOG.info("project={} repository: {}", project, done));
            } catch (RuntimeException e) {
                LOG.warn("project={} repository could not be packed", project, e);
            }
        }
    }
}
