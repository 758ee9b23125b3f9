package dev.johwa.serve.data;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How a database is.
///
/// @param version major one of its server; empty for one elsewhere; `in a container`
/// @param limits empty for one elsewhere or in a container
/// @param problem what should be done; empty when nothing should
public record DataStatus(
        AppDatabase database,
        String version,
        OptionalLong bytes,
        OptionalInt connections,
        Optional<Limits> limits,
        String problem) {

    /// What an application may take.
    ///
    /// @param connections open at the same time
    /// @param memoryBytes of Redis: of all it holds; else of one step of a statement, which sorts or joins
    /// @param statement how long one may take; zero where nothing ends it
    public record Limits(int connections, long memoryBytes, Duration statement) {}
}
