package dev.johwa.serve.target.docker;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies what containers print to the files of their instances, each in a task of its own that ends with its
/// container. One that broke off goes on where it was with the next look.
final class Scribe {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Engine engine;
    private final Tasks tasks;
    private final Clock clock;
    private final Map<String, Copying> copying = new ConcurrentHashMap<>();

    Scribe(Engine engine, Tasks tasks, Clock clock) {
        this.engine = engine;
        this.tasks = tasks;
        this.clock = clock;
    }

    /// @param whole completes with whether all was copied that there will be
    private record Copying(Cancel cancel, CompletableFuture<Boolean> whole) {
        boolean isOn() {
            return !whole.isDone() || whole.join();
        }
    }

    /// Sees to it that what an instance prints is copied.
    void attend(Kept state) {
        copying.compute(state.instance().id(), (id, before) -> before != null && before.isOn() ? before : begin(state));
    }

    private Copying begin(Kept state) {
        var begun = new Copying(new Cancel(), new CompletableFuture<>());
        var _ = tasks.run("output of " + state.instance().id(), () -> {
            boolean isWhole = false;
            try {
                isWhole = copy(state, begun.cancel());
            } finally {
                begun.whole().complete(isWhole);
            }
        });
        return begun;
    }

    private boolean copy(Kept state, Cancel cancel) {
        try (var copy = OutputCopy.resume(state.instance(), clock)) {
            engine.containers().logs(state.container(), copy.since(), true, copy, cancel);
            return !cancel.isCancelled();
        } catch (ProblemException e) {
            LOG.debug("output of {} broke off: {}", state.instance().id(), e.getMessage());
            // What is gone says no more.
            return e.problem().code().equals("docker.missing");
        }
    }

    /// Waits until all is copied of an instance that has ended.
    void awaitEnd(Kept state) {
        attend(state);
        var now = copying.get(state.instance().id());
        if (now == null) {
            return;
        }
        try {
            now.whole().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("output of {} is not all there", state.instance().id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void dismiss(Kept state) {
        var last = copying.remove(state.instance().id());
        if (last != null) {
            last.cancel().cancel("removed");
        }
    }
}
