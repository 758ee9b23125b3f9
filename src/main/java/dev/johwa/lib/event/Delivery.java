package dev.johwa.lib.event;

import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings entries to one subscriber: one at a time, in order, from its cursor on.
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final FactLog log;
    private final String name;
    private final FactLog.Subscriber subscriber;
    private final Tasks tasks;
    /// How often it was woken since it began to look; whoever makes it 1 starts the work.
    private final AtomicInteger wakes = new AtomicInteger();

    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed;

    Delivery(FactLog log, String name, FactLog.Subscriber subscriber, Tasks tasks) {
        this.log = log;
        this.name = name;
        this.subscriber = subscriber;
        this.tasks = tasks;
    }

    /// There may be something new.
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            start();
        }
    }

    private void start() {
        if (!closed) {
            var _ = tasks.run("facts for " + name, this::deliverAll);
        }
    }

    private void deliverAll() {
        int seen;
        do {
            seen = wakes.get();
            if (!deliver()) {
                tasks.after(longerPause(), "facts for " + name, this::deliverAll);
                return;
            }
        } while (!wakes.compareAndSet(seen, 0));
    }

    /// @return whether all that there was has been heard
    private boolean deliver() {
        try {
            long from = log.cursor(name).orElse(0L);
            for (var entries = log.read(from, BATCH); !closed && !entries.isEmpty(); entries = log.read(from, BATCH)) {
                from = hear(entries);
            }
            return true;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("subscriber={} failed, comes again in {} ms", name, pause.toMillis(), e);
            }
            return closed;
        }
    }

    private long hear(List<Entry> entries) {
        long heard = 0;
        try {
            for (var entry : entries) {
                if (closed) {
                    break;
                }
                subscriber.hear(entry);
                heard = entry.position();
                pause = FIRST_PAUSE;
            }
        } finally {
            // What was heard before a failure does not come again.
            if (heard > 0) {
                log.moveCursor(name, heard);
            }
        }
        return heard;
    }

    private Duration longerPause() {
        var now = pause;
        var next = pause.multipliedBy(2);
        pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
        return now;
    }

    @Override
    public void close() {
        closed = true;
    }
}
