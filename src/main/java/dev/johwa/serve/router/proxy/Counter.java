package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.EdgeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts of one release; the same object in every table. Safe for use by many threads.
public final class Counter {
    private static final double[] BOUNDS =
            EdgeReport.BOUNDS.stream().mapToDouble(Double::doubleValue).toArray();

    private final String app;
    private final String environment;
    private final int release;
    private final AtomicLongArray statuses = new AtomicLongArray(600);
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder inFlight = new LongAdder();
    private volatile long lastRequestAt;

    public Counter(String app, String environment, int release) {
        this.app = app;
        this.environment = environment;
        this.release = release;
    }

    void begin(long millis) {
        inFlight.increment();
        lastRequestAt = millis;
    }

    void end(int status, long took, long in, long out) {
        inFlight.decrement();
        statuses.incrementAndGet(Math.min(Math.max(status, 0), 599));
        nanos.add(took);
        bytesIn.add(in);
        bytesOut.add(out);
        double seconds = took / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        buckets.incrementAndGet(bucket);
    }

    public EdgeReport.Counts counts() {
        var byStatus = new TreeMap<Integer, Long>();
        long requests = 0;
        for (int i = 0; i < statuses.length(); i++) {
            if (statuses.get(i) > 0) {
                byStatus.put(i, statuses.get(i));
                requests += statuses.get(i);
            }
        }
        List<Long> byDuration = new ArrayList<>();
        for (int i = 0; i < buckets.length(); i++) {
            byDuration.add(buckets.get(i));
        }
        return new EdgeReport.Counts(
                app,
                environment,
                release,
                requests,
                byStatus,
                byDuration,
                nanos.sum() / 1e9,
                bytesIn.sum(),
                bytesOut.sum(),
                inFlight.sum(),
                lastRequestAt);
    }
}
