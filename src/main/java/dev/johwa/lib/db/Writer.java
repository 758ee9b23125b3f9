package dev.johwa.lib.db;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes: it drains what waits into one transaction, commits once, and answers all.
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_AT_ONCE = 256;
    private static final long CLOSE_MILLIS = 30_000;

    private final Handle handle;
    private final Statements statements;
    private final Runnable onCommit;
    private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private final Job<?> end = new Job<>(nothing -> 0);
    private final Thread thread;
    private boolean closed;

    Writer(Handle handle, Runnable onCommit) {
        this.handle = handle;
        this.statements = new Statements(handle.getConnection());
        this.onCommit = onCommit;
        this.thread = Thread.ofPlatform().name("database-writer").daemon(true).start(this::work);
    }

    /// Whether this is the writing thread, in the middle of a write.
    boolean isWriting() {
        return Thread.currentThread() == thread;
    }

    <T> T write(Function<Handle, T> work) {
        if (isWriting()) {
            return work.apply(handle);
        }
        var job = new Job<>(work);
        enqueue(job);
        try {
            return job.answer().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Nothing comes behind the end, so that nobody waits for an answer that never comes.
    private synchronized void enqueue(Job<?> job) {
        if (closed) {
            throw new DatabaseClosed();
        }
        closed = job == end;
        waiting.add(job);
    }

    private void work() {
        var jobs = new ArrayList<Job<?>>();
        while (jobs.isEmpty() || jobs.getLast() != end) {
            jobs.clear();
            try {
                jobs.add(waiting.take());
            } catch (InterruptedException e) {
                continue;
            }
            waiting.drainTo(jobs, MOST_AT_ONCE - 1);
            commit(jobs);
        }
    }

    private void commit(List<Job<?>> jobs) {
        try {
            statements.begin();
            jobs.forEach(job -> job.run(handle, statements));
            statements.commit();
        } catch (Throwable e) {
            statements.rollback();
            jobs.forEach(job -> job.answer().completeExceptionally(e));
            return;
        }
        jobs.forEach(Job::answerIt);
        tell();
    }

    private void tell() {
        try {
            onCommit.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener for changes failed", e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                enqueue(end);
            }
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        statements.close();
        handle.close();
    }
}
