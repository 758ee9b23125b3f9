package dev.johwa.lib.task;

import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts work on virtual threads of its own, now, later or again and again.
///
/// What a task throws is logged and kept in its future; it never ends a schedule. Closing interrupts what runs, and
/// what that throws is no news.
public final class Tasks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    private final ExecutorService workers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("task-", 0).factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("timer").daemon(true).factory());
    private volatile boolean ending;

    /// Runs this at once beside the caller.
    public CompletableFuture<Void> run(String name, Runnable work) {
        return CompletableFuture.runAsync(() -> guarded(name, work), workers);
    }

    /// Runs this at once beside the caller and keeps its answer.
    public <T> CompletableFuture<T> call(String name, Callable<T> work) {
        var answer = new CompletableFuture<T>();
        var _ = workers.submit(() -> {
            Thread.currentThread().setName(name);
            try {
                answer.complete(work.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /// Waits for the answer of a task.
    ///
    /// @throws RuntimeException what the task threw, itself and not within another
    public static <T> T answer(CompletableFuture<T> task) {
        try {
            return task.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Runs this once, after the delay.
    public void after(Duration delay, String name, Runnable work) {
        var _ = timer.schedule(() -> run(name, work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Runs this again and again, the pause counted from the end of one to the start of the next.
    public void every(Duration pause, String name, Runnable work) {
        again(pause::toMillis, name, work);
    }

    /// Runs this at whole multiples of a step of the time of the day, so that all who do stand in step; none that
    /// passes while it goes on is made up for.
    public void inStep(Duration step, Clock clock, String name, Runnable work) {
        long length = step.toMillis();
        again(() -> length - Math.floorMod(clock.now().toEpochMilli(), length) + 1, name, work);
    }

    /// @param delay until the next one, in milliseconds; asked at the end of the one before
    private void again(LongSupplier delay, String name, Runnable work) {
        var _ = timer.schedule(
                () -> run(name, work).whenComplete((ok, bad) -> {
                    if (!timer.isShutdown()) {
                        again(delay, name, work);
                    }
                }),
                delay.getAsLong(),
                TimeUnit.MILLISECONDS);
    }

    private void guarded(String name, Runnable work) {
        Thread.currentThread().setName(name);
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            if (!ending) {
                LOG.warn("task {} failed", name, e);
            }
            throw e;
        }
    }

    /// What the tasks need is about to end: what they throw by that is no news.
    public void end() {
        ending = true;
    }

    @Override
    public void close() {
        end();
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
