package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// A few connections that only read, each read in a transaction of its own and so from one consistent view.
final class Readers implements AutoCloseable {
    private static final int COUNT = 4;
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final BlockingQueue<Handle> idle = new LinkedBlockingQueue<>();
    private final ThreadLocal<Handle> mine = new ThreadLocal<>();
    private volatile boolean closed;

    Readers(Jdbi jdbi) {
        for (int i = 0; i < COUNT; i++) {
            var handle = jdbi.open();
            handle.execute("pragma query_only = on");
            idle.add(handle);
        }
    }

    <T> T read(Function<Handle, T> work) {
        var outer = mine.get();
        if (outer != null) {
            return work.apply(outer);
        }
        var handle = take();
        mine.set(handle);
        try {
            handle.execute("begin");
            return work.apply(handle);
        } finally {
            mine.remove();
            giveBack(handle);
        }
    }

    private Handle take() {
        if (closed) {
            throw new DatabaseClosed();
        }
        try {
            var handle = idle.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
            if (handle == null) {
                throw Problem.resource(
                                "db.readers", "the database is busy: all readers work since " + WAIT.toSeconds() + " s")
                        .hint("try again; look at what asks for so much")
                        .exception();
            }
            return handle;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a reader", e);
        }
    }

    private void giveBack(Handle handle) {
        try {
            handle.execute("rollback");
        } catch (RuntimeException e) {
            // It had not begun, or the engine has rolled back already.
        }
        idle.add(handle);
        if (closed) {
            close();
        }
    }

    /// A read that goes on closes its connection itself.
    @Override
    public void close() {
        closed = true;
        for (var handle = idle.poll(); handle != null; handle = idle.poll()) {
            handle.close();
        }
    }
}
