package dev.johwa.serve.release;

import dev.johwa.lib.process.Exit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A command that somebody wants to run once, beside the instances of an app.
///
/// @param command words; no shell reads them
/// @param limit how long it may take; empty: as long as a build
/// @param by who wants it
public record Once(AppEnvironment where, List<String> command, Optional<Duration> limit, String by) {
    public Once {
        command = List.copyOf(command);
    }

    /// What came of it.
    public record Result(Release release, Exit exit) {}
}
