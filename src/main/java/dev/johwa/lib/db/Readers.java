package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// A few connections that only read, opened when they are needed, each read in a transaction of its own and so from one
/// consistent view.
final class Readers implements AutoCloseable {
    private static final int COUNT = 4;
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Engine engine;
    private final BlockingQueue<Optional<Handle>> idle = new LinkedBlockingQueue<>();
    private final ThreadLocal<Handle> mine = new ThreadLocal<>();
    private volatile boolean closed;

    Readers(Engine engine) {
        this.engine = engine;
        for (int i = 0; i < COUNT; i++) {
            idle.add(Optional.empty());
        }
    }

    /// Again from the beginning when the connection was lost in the middle.
    <T> T read(Function<Handle, T> work) {
        var outer = mine.get();
        if (outer != null) {
            return work.apply(outer);
        }
        for (int i = 1; ; i++) {
            try {
                return once(work);
            } catch (RuntimeException e) {
                if (!engine.isLost(e) || i == Writer.MOST_TRIES) {
                    throw e;
                }
                engine.awaitReaders(e);
            }
        }
    }

    private <T> T once(Function<Handle, T> work) {
        var place = take();
        try {
            var handle = place.orElseGet(engine::reader);
            place = Optional.of(handle);
            mine.set(handle);
            engine.beginRead(handle);
            return work.apply(handle);
        } finally {
            mine.remove();
            giveBack(place);
        }
    }

    private Optional<Handle> take() {
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

    private void giveBack(Optional<Handle> place) {
        idle.add(place.filter(this::isUsable));
        if (closed) {
            close();
        }
    }

    private boolean isUsable(Handle handle) {
        try {
            engine.endRead(handle);
            return true;
        } catch (RuntimeException e) {
            if (engine.isLost(e)) {
                engine.close(handle);
                return false;
            }
            // It had not begun, or the engine has rolled back already.
            return true;
        }
    }

    /// A read that goes on closes its connection itself.
    @Override
    public void close() {
        closed = true;
        for (var place = idle.poll(); place != null; place = idle.poll()) {
            place.ifPresent(engine::close);
        }
    }
}
