package dev.johwa.door.api;

import java.util.Objects;
import java.util.Optional;

/// What an upgrade of a database to another major version would do.
///
/// @param from the major version now
/// @param bytes that it takes
/// @param neededBytes room on the disk for the copies
/// @param freeBytes on that disk
/// @param stopSeconds about how long requests would wait; 0 when nothing is live
/// @param keptDays how long the old one is kept after it
public record UpgradePlanned(
        String app,
        String environment,
        String variable,
        String kind,
        String from,
        String to,
        long bytes,
        long neededBytes,
        long freeBytes,
        long stopSeconds,
        long keptDays) {
    /// What is asked for.
    ///
    /// @param to a major version; the newest on the server when absent
    public record Order(Optional<String> to) {
        public Order {
            to = Objects.requireNonNullElse(to, Optional.empty());
        }
    }

    /// Whether an old one was deleted.
    public record Forgotten(boolean forgotten) {}
}
