package dev.johwa.watch.telemetry;

/// A series with what was found of it.
public record Series(Labels labels, Samples samples) {}
