package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Dumps of a database, newest first.
public record DumpList(List<Item> dumps) {

    /// @param why it was made: `before-release-4`, `daily`, `asked`
    public record Item(String id, Instant at, String why, long bytes) {}

    /// What is asked for.
    ///
    /// @param dump its id; the newest when absent
    public record Order(Optional<String> dump) {
        public Order {
            dump = Objects.requireNonNullElse(dump, Optional.empty());
        }
    }
}
