package dev.johwa.watch.telemetry.store;

/// Why a value was not taken.
public enum Refusal {
    TOO_OLD,
    IN_THE_FUTURE,
    OUT_OF_ORDER,
    TOO_MANY_SERIES
}
