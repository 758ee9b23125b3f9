package dev.johwa.source.git;

import dev.johwa.lib.clock.Durations;

/// Tells people how long work goes on: in a push as `remote:` lines, in a run's log, on a terminal. Safe for use by
/// many threads; never throws, also when the listener has gone.
@FunctionalInterface
public interface Progress {
    /// One line without an end of line; no colour, no control characters.
    void say(String line);

    /// A stage in columns: `  test      3 passed`, and at the right how long it took (nothing when negative).
    default void stage(String name, String text, long millis) {
        var start = "  %-10s%s".formatted(name, text);
        say(millis < 0 ? start : "%-62s %s".formatted(start, Durations.text(millis)));
    }
}
