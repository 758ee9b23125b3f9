package dev.johwa.watch.telemetry;

import java.util.List;

/// What a query gave.
public sealed interface Answer {
    record Scalar(long at, double value) implements Answer {}

    record Text(long at, String value) implements Answer {}

    /// A value of each series, at one moment.
    record Vector(long at, List<Value> values) implements Answer {}

    /// Values of each series over time.
    record Matrix(List<Series> series) implements Answer {}

    record Value(Labels labels, double value) {}
}
