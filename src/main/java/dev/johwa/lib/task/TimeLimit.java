package dev.johwa.lib.task;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Interrupts the thread that started it when it is still at its work after a time: for waits within libraries that
/// know no end. Once it is closed that thread goes on uninterrupted.
public final class TimeLimit implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isOver;

    private TimeLimit() {}

    /// Counts from now on, for the thread that calls.
    public static TimeLimit start(Duration length) {
        var limit = new TimeLimit();
        var _ = Thread.ofVirtual().name("time limit").start(() -> limit.await(length));
        return limit;
    }

    private void await(Duration length) {
        try {
            if (!closed.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        if (closed.getCount() > 0) {
            isOver = true;
            worker.interrupt();
        }
    }

    /// Whether the work took too long.
    public synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (isOver && Thread.currentThread() == worker) {
            var _ = Thread.interrupted();
        }
    }
}
