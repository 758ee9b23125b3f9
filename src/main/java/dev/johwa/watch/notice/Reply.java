package dev.johwa.watch.notice;

import java.time.Duration;
import java.util.Optional;

/// What a receiver answered.
sealed interface Reply {
    /// For a person, in a line.
    String text();

    /// It has it.
    record Accepted(String text) implements Reply {}

    /// It has it not.
    ///
    /// @param after how long it wants to be left alone
    /// @param gone whether it wants nothing any more
    record Refused(String text, Optional<Duration> after, boolean gone) implements Reply {
        Refused(String text) {
            this(text, Optional.empty(), false);
        }
    }
}
