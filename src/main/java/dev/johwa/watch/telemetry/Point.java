package dev.johwa.watch.telemetry;

/// A value of a series.
///
/// @param at milliseconds since 1970
public record Point(Labels labels, Kind kind, long at, double value) {}
