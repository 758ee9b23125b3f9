package dev.johwa.watch.telemetry;

/// What the values of a series are: of a counter they only grow, or begin anew.
public enum Kind {
    GAUGE,
    COUNTER
}
