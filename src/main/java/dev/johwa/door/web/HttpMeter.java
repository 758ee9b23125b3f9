package dev.johwa.door.web;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts the control plane's own requests. Safe for use by many threads.
final class HttpMeter {
    static final List<Double> BOUNDS = List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    /// A series: bounded in number, since routes are.
    record Key(String method, String route, int status) {}

    /// @param buckets one a bound and one for the rest, not cumulated
    record Counted(AtomicLongArray buckets, LongAdder nanos) {}

    private final Map<Key, Counted> series = new ConcurrentHashMap<>();

    void count(Key key, long nanos) {
        var counted =
                series.computeIfAbsent(key, _ -> new Counted(new AtomicLongArray(BOUNDS.size() + 1), new LongAdder()));
        int bucket = 0;
        while (bucket < BOUNDS.size() && nanos > BOUNDS.get(bucket) * 1e9) {
            bucket++;
        }
        counted.buckets().incrementAndGet(bucket);
        counted.nanos().add(nanos);
    }

    Map<Key, Counted> series() {
        return series;
    }
}
