package dev.johwa.source.git;

/// Tells people how long work goes on: in a push as `remote:` lines, in a run's log, on a terminal. Safe for use by
/// many threads; never throws, also when the listener has gone.
@FunctionalInterface
public interface Progress {
    /// One line without an end of line; no colour, no control characters.
    void say(String line);
}
