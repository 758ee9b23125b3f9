package dev.johwa.watch.telemetry;

/// Which of the figures that a coarse tier keeps of a step is asked for. The finest tier has samples as they came:
/// there
/// the count of each is one, and every other figure the value itself.
public enum Column {
    /// The last value of the step.
    LAST,
    /// The first value that was read, and all that a counter grew by since, over its resets.
    GROWN,
    LEAST,
    MOST,
    SUM,
    COUNT
}
