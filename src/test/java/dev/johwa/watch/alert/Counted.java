package dev.johwa.watch.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// A ledger of what a test counted: how many were asked, bad and slow until a time.
final class Counted implements Ledger {
    private final TreeMap<Instant, long[]> until = new TreeMap<>();

    /// What came at a time, after all that was told before.
    void add(Instant at, long total, long errors, long slow) {
        var last = until.isEmpty() ? new long[3] : until.lastEntry().getValue();
        until.put(at, new long[] {last[0] + total, last[1] + errors, last[2] + slow});
    }

    @Override
    public Events events(Objective objective, Duration window, Instant end) {
        int bad = objective.measure() instanceof Measure.Availability ? 1 : 2;
        return new Events(at(end)[bad] - at(end.minus(window))[bad], at(end)[0] - at(end.minus(window))[0]);
    }

    private long[] at(Instant time) {
        var entry = until.floorEntry(time);
        return entry == null ? new long[3] : entry.getValue();
    }

    /// When something was counted, oldest first.
    List<Instant> times() {
        return List.copyOf(until.keySet());
    }

    /// All until then: asked, errors, slow ones.
    long[] sums(Instant time) {
        return at(time).clone();
    }
}
