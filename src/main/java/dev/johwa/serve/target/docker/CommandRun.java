package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Container;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output;
import dev.johwa.lib.task.Cancel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command in a container of its own, to its end.
///
/// @param container created, not started
record CommandRun(Engine engine, String container, Output output) {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String LATE = "late";

    Exit toEnd(Duration limit, Cancel cancel) {
        var over = new Cancel();
        var alarm = new CompletableFuture<Void>();
        var _ = alarm.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> over.cancel(LATE));
        try (var _ = cancel.onCancel(() -> over.cancel(cancel.reason().orElse("cancelled")))) {
            if (!over.isCancelled()) {
                engine.containers().start(container);
                listen(over);
            }
            if (over.isCancelled()) {
                engine.containers().stop(container, GRACE);
                return cancel.isCancelled()
                        ? new Exit.Cancelled(cancel.reason().orElse("cancelled"))
                        : new Exit.TimedOut(limit);
            }
            return engine.containers()
                    .inspect(container)
                    .flatMap(Container::exit)
                    .orElseGet(Exit.Lost::new);
        } finally {
            alarm.cancel(false);
        }
    }

    /// Its output ends with it.
    private void listen(Cancel over) {
        var lines = new Lines(output);
        engine.containers().logs(container, Instant.EPOCH, true, lines, over);
        lines.end();
    }
}
