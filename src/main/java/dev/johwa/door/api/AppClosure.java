package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether an app answers people as usual.
///
/// @param state `open`, `paused` or `maintenance`
/// @param until how long requests wait in a pause; later ones are told to come again
/// @param message for people, in maintenance
/// @param from ranges of addresses that are let in during maintenance
/// @param ownPage whether visitors see `maintenance.html` of the repository, when they see a page
/// @param underWay requests that began before a pause and go on, just after it began
public record AppClosure(
        String app,
        String environment,
        String state,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> by,
        Optional<String> message,
        List<String> from,
        boolean ownPage,
        int underWay) {
    public AppClosure {
        from = from == null ? List.of() : List.copyOf(from);
    }

    /// @param environment production when absent
    /// @param seconds that requests wait at most
    public record Pause(Optional<String> environment, int seconds) {}

    /// @param environment production when absent
    public record Resume(Optional<String> environment) {}

    /// @param environment production when absent
    /// @param message plain text; absent: the usual words
    /// @param from ranges of addresses that are let in, `203.0.113.7` or `10.0.0.0/8`
    public record Maintenance(Optional<String> environment, boolean on, Optional<String> message, List<String> from) {
        public Maintenance {
            from = from == null ? List.of() : List.copyOf(from);
        }
    }
}
