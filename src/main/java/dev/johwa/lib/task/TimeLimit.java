package dev.johwa.lib.task;

import java.time.Duration;

/// Interrupts the thread that started it when it is still at its work after a time: for waits within libraries that
/// know no end. Once it is closed that thread goes on uninterrupted.
public final class TimeLimit implements AutoCloseable {
    private final Thread worker = Thread.currentThread();
    private boolean isOver;
    private boolean isClosed;

    private TimeLimit() {}

    /// Counts from now on, for the thread that calls.
    public static TimeLimit start(Duration length) {
        var limit = new TimeLimit();
        var _ = Thread.ofVirtual().name("time limit").start(() -> limit.await(length));
        return limit;
    }

    private void await(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        synchronized (this) {
            try {
                for (long left = length.toMillis();
                        left > 0 && !isClosed;
                        left = (end - System.nanoTime()) / 1_000_000) {
                    wait(left);
                }
            } catch (InterruptedException e) {
                return;
            }
            if (!isClosed) {
                isOver = true;
                worker.interrupt();
            }
        }
    }

    /// Whether the work took too long.
    public synchronized boolean isOver() {
        return isOver;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
        if (isOver && Thread.currentThread() == worker) {
            var _ = Thread.interrupted();
        }
    }
}
