package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes: it drains what waits into one transaction, commits once, and answers all.
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_AT_ONCE = 256;
    /// What ends the connection each time is not tried for ever.
    static final int MOST_TRIES = 10;

    private static final long CLOSE_MILLIS = 30_000;

    private static final Set<String> LOST =
            Set.of(Ownership.LOST_TO_ANOTHER, Ownership.BEHIND, PostgresEngine.AWAY_FOR_GOOD);

    private final Engine engine;
    private final Runnable onCommit;
    private final List<Consumer<Problem>> onLost = new CopyOnWriteArrayList<>();
    private Handle handle;
    private Statements statements;
    private final BlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
    private final Job<?> end = new Job<>(nothing -> 0);
    private final AtomicLong changes = new AtomicLong();
    private final Thread thread;
    private boolean closed;
    private boolean isCommitting;

    Writer(Engine engine, Runnable onCommit) {
        this.engine = engine;
        this.handle = engine.writer();
        this.statements = statements(handle);
        this.onCommit = onCommit;
        this.thread = Thread.ofPlatform().name("database-writer").daemon(true).start(this::work);
    }

    private Statements statements(Handle of) {
        return new Statements(of.getConnection(), engine.begin());
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

    /// How many transactions ended so far, well or not.
    long changes() {
        return changes.get();
    }

    private void commit(List<Job<?>> jobs) {
        try {
            land(jobs);
            // Whoever has its answer finds it counted.
            changes.incrementAndGet();
        } catch (Throwable e) {
            changes.incrementAndGet();
            jobs.forEach(job -> job.answer().completeExceptionally(e));
            tellLost(e);
            return;
        }
        jobs.forEach(Job::answerIt);
        tell();
    }

    /// Again from the beginning when the connection was lost in the middle, unless all of it had landed by then.
    private void land(List<Job<?>> jobs) {
        for (int i = 1; ; i++) {
            try {
                transact(jobs);
                return;
            } catch (Throwable e) {
                statements.rollback();
                if (!engine.isLost(e) || i == MOST_TRIES) {
                    throw e;
                }
                if (regain(e) && isCommitting) {
                    return;
                }
            }
        }
    }

    private void transact(List<Job<?>> jobs) {
        isCommitting = false;
        statements.begin();
        engine.mark(handle);
        jobs.forEach(job -> job.run(handle, statements));
        isCommitting = true;
        statements.commit();
        engine.confirm();
    }

    private boolean regain(Throwable cause) {
        statements.close();
        var regained = engine.regain(handle, cause);
        handle = regained.writer();
        statements = statements(handle);
        return regained.hasLanded();
    }

    void onLost(Consumer<Problem> listener) {
        onLost.add(listener);
    }

    private void tellLost(Throwable failure) {
        if (failure instanceof ProblemException told
                && LOST.contains(told.problem().code())) {
            onLost.forEach(listener -> listener.accept(told.problem()));
        }
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
        engine.close(handle);
    }
}
