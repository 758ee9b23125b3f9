package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The one thread that writes: it drains what waits into one transaction, commits once, and answers all.
final class Writer implements AutoCloseable {
    private static final int MOST_AT_ONCE = 256;

    private final Handle handle;
    private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    Writer(Handle handle) {
        this.handle = handle;
        this.thread = Thread.ofPlatform().name("database-writer").daemon(true).start(this::work);
    }

    private static final class Job<T> {
        private final Function<Handle, T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable Throwable failure;

        private Job(Function<Handle, T> work) {
            this.work = work;
        }

        private void run(Handle handle) {
            handle.execute("savepoint job");
            try {
                value = work.apply(handle);
            } catch (RuntimeException | Error e) {
                failure = e;
                handle.execute("rollback to job");
            }
            handle.execute("release job");
        }

        @SuppressWarnings("NullAway") // the value is as the work gave it
        private void answer() {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(value);
            }
        }
    }

    <T> T write(Function<Handle, T> work) {
        if (Thread.currentThread() == thread) {
            // A write within a write belongs to the same transaction.
            return work.apply(handle);
        }
        if (closed) {
            throw new IllegalStateException("the database is closed");
        }
        var job = new Job<>(work);
        waiting.add(job);
        try {
            return job.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void work() {
        while (!closed || !waiting.isEmpty()) {
            try {
                var jobs = new ArrayList<Job<?>>();
                jobs.add(waiting.take());
                waiting.drainTo(jobs, MOST_AT_ONCE - 1);
                commit(jobs);
            } catch (InterruptedException e) {
                // Closing: what waits is still written.
            }
        }
    }

    private void commit(List<Job<?>> jobs) {
        try {
            handle.execute("begin immediate");
            jobs.forEach(job -> job.run(handle));
            handle.execute("commit");
            jobs.forEach(Job::answer);
        } catch (RuntimeException e) {
            var problem = new ProblemException(
                    Problem.resource("db.write", "state could not be written: " + e.getMessage())
                            .hint("look at the free space of the data folder's disk"),
                    e);
            undo();
            jobs.forEach(job -> job.answer.completeExceptionally(problem));
        }
    }

    private void undo() {
        try {
            handle.execute("rollback");
        } catch (RuntimeException e) {
            // The engine has rolled back already.
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handle.close();
    }
}
