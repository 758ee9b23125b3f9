package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;

/// A series that is known, by its number.
final class Entry {
    private final int id;
    private final Kind kind;
    private final Labels labels;
    /// When its newest value came; nothing older is taken.
    private long newest = Long.MIN_VALUE;
    private double value;

    Entry(int id, Kind kind, Labels labels) {
        this.id = id;
        this.kind = kind;
        this.labels = labels;
    }

    int id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    Labels labels() {
        return labels;
    }

    /// Milliseconds since 1970; [Long#MIN_VALUE] where none was seen.
    long newest() {
        return newest;
    }

    boolean isAfter(long at) {
        return newest >= at;
    }

    boolean isSame(long at, double other) {
        return newest == at && Double.compare(value, other) == 0;
    }

    /// As if nothing of it had come yet.
    void beginAnew() {
        newest = Long.MIN_VALUE;
    }

    void came(long at, double newer) {
        newest = at;
        value = newer;
    }
}
