package dev.johwa.lib.event;

import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings entries to one subscriber: one at a time, in order, from its cursor on.
///
/// The cursor is written when something was heard, and now and then when there was only what it does not want: whoever
/// hears little makes no writes of what others hear.
final class Delivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 500;
    /// So much that nobody wanted to hear is passed over again by the next start at most.
    private static final int PASSED_OVER = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final FactLog log;
    private final Subscription wanted;
    private final long end;
    private final FactLog.Subscriber subscriber;
    private final Tasks tasks;
    /// How often it was woken since it began to look; whoever makes it 1 starts the work.
    private final AtomicInteger wakes = new AtomicInteger();

    /// How far it is, and how far the cursor is; -1 before that is known.
    private long at = -1;

    private long kept = -1;
    private Duration pause = FIRST_PAUSE;
    private volatile boolean closed;

    /// @param end of the log when it subscribed
    Delivery(FactLog log, Subscription wanted, long end, FactLog.Subscriber subscriber, Tasks tasks) {
        this.log = log;
        this.wanted = wanted;
        this.end = end;
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
            var _ = tasks.run("facts for " + wanted.name(), this::deliverAll);
        }
    }

    private void deliverAll() {
        int seen;
        do {
            seen = wakes.get();
            if (!deliver()) {
                tasks.after(longerPause(), "facts for " + wanted.name(), this::deliverAll);
                return;
            }
        } while (!wakes.compareAndSet(seen, 0));
    }

    /// @return whether all that there was has been heard
    private boolean deliver() {
        try {
            if (at < 0) {
                at = log.cursor(wanted.name()).orElseGet(this::begin);
                kept = at;
            }
            while (!closed) {
                long last = log.end();
                var entries = log.read(wanted.types(), at, BATCH);
                if (entries.isEmpty()) {
                    passOver(last);
                    return true;
                }
                hear(entries);
            }
            return true;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("subscriber={} failed, comes again in {} ms", wanted.name(), pause.toMillis(), e);
            }
            return closed;
        }
    }

    /// What was before is made up for; what was stored meanwhile is heard.
    private long begin() {
        wanted.first().ifPresent(Runnable::run);
        log.moveCursor(wanted.name(), end);
        return end;
    }

    /// There was nothing to hear up to here.
    private void passOver(long last) {
        at = Math.max(at, last);
        if (at - kept >= PASSED_OVER) {
            keep();
        }
    }

    private void keep() {
        log.moveCursor(wanted.name(), at);
        kept = at;
    }

    private void hear(List<Entry> entries) {
        long before = at;
        try {
            for (var entry : entries) {
                if (closed) {
                    break;
                }
                subscriber.hear(entry);
                at = entry.position();
                pause = FIRST_PAUSE;
            }
        } finally {
            // What was heard before a failure does not come again.
            if (at > before) {
                keep();
            }
        }
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
