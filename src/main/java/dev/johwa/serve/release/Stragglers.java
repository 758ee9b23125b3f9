package dev.johwa.serve.release;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.InstanceStore.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Instances that are over and cannot be stopped now, as while the container engine is away. Each keeps its row, which
/// says that it goes at once, and who supervises tries again now and then. Safe for use by many threads.
final class Stragglers {
    private static final Logger LOG = LoggerFactory.getLogger(Stragglers.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Ports ports;
    private final InstanceStore store;
    private final Consumer<Kept> end;
    private final Map<String, Long> triedAt = new ConcurrentHashMap<>();

    /// @param end stops one and forgets it
    Stragglers(Ports ports, InstanceStore store, Consumer<Kept> end) {
        this.ports = ports;
        this.store = store;
        this.end = end;
    }

    /// Ends them, all at the same time, as far as that is possible.
    void stop(List<Kept> instances) {
        var ends = instances.stream()
                .map(kept -> ports.tasks().run("stop " + kept.instance().id(), () -> stop(kept)))
                .toList();
        ends.forEach(Tasks::answer);
    }

    private void stop(Kept kept) {
        var id = kept.instance().id();
        try {
            end.accept(kept);
            triedAt.remove(id);
        } catch (ProblemException e) {
            if (triedAt.put(id, ports.clock().ticks()) == null) {
                LOG.warn("instance={} cannot be stopped now, which is tried again: {}", id, e.getMessage());
            }
            if (kept.stopAt() != InstanceStore.AT_ONCE) {
                store.setStopAt(id, InstanceStore.AT_ONCE);
            }
        }
    }

    /// Whether it was not tried just now.
    boolean isDue(Kept kept) {
        var tried = triedAt.get(kept.instance().id());
        return tried == null || ports.clock().ticks() - tried > PAUSE.toNanos();
    }
}
