package dev.johwa.watch.telemetry.otlp;

import dev.johwa.watch.telemetry.Labels;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adds up what came since the last time, as series are of counters. What is forgotten, with the program or because
/// there are too many, begins anew, which a counter may.
final class Deltas {
    private static final int MOST = 20_000;

    private final Map<Labels, Reached> all = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Labels, Reached> eldest) {
            return size() > MOST;
        }
    };

    private record Reached(long at, double value) {}

    /// How far it is with this; what is sent again is not added twice.
    synchronized double reached(Labels labels, long at, double more) {
        var last = all.get(labels);
        if (last != null && last.at() >= at) {
            return last.value();
        }
        var next = new Reached(at, more + (last == null ? 0 : last.value()));
        all.put(labels, next);
        return next.value();
    }
}
