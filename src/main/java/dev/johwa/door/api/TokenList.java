package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Access tokens, without their text.
public record TokenList(List<Item> tokens) {

    /// @param role `owner`, `developer`, `reader`
    /// @param project when it is for one only
    /// @param lastUsedAt to the minute; absent when it was never used
    /// @param expiresAt absent when it holds until it is revoked
    public record Item(
            String id,
            String name,
            String role,
            Optional<String> project,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> expiresAt) {}

    /// What is asked for.
    ///
    /// @param expires how long it holds (`30d`); until it is revoked when absent
    public record Order(String name, String role, Optional<String> project, Optional<String> expires) {
        public Order {
            project = Objects.requireNonNullElse(project, Optional.empty());
            expires = Objects.requireNonNullElse(expires, Optional.empty());
        }
    }

    /// The text of a new token: shown this once.
    public record Made(String token) {}
}
