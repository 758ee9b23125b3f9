package dev.johwa.main;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// People who ask again and again.
final class Askers implements Asking, AutoCloseable {
    private static final long PAUSE_NANOS = 20_000_000;

    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final Supplier<String> question;
    private final Thread thread;
    private volatile boolean over;
    private volatile boolean mayFail = true;

    Askers(Supplier<String> question) {
        this.question = question;
        this.thread = Thread.startVirtualThread(this::askOn);
    }

    private void askOn() {
        while (!over) {
            boolean counts = !mayFail;
            var answer = question.get();
            if (counts && !mayFail && !answer.startsWith("200 ")) {
                lost.add(answer);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void mayFail(boolean may) {
        mayFail = may;
    }

    @Override
    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
