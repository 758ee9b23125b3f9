package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Access tokens, without their text.
public record TokenList(List<Item> tokens) {

    /// @param role `owner`, `maintainer`, `viewer`
    /// @param project when it is for one only
    /// @param person whose it is; absent for one of a program
    /// @param lastUsedAt to the minute; absent when it was never used
    /// @param expiresAt absent when it holds until it is revoked
    public record Item(
            String id,
            String name,
            String role,
            Optional<String> project,
            Optional<String> person,
            Instant createdAt,
            Optional<Instant> lastUsedAt,
            Optional<Instant> expiresAt) {}

    /// What is asked for.
    ///
    /// @param role absent: what the person may, or `maintainer` for a program
    /// @param expires how long it holds (`30d`); until it is revoked when absent
    /// @param own whether it is for the person who asks; absent: unless an owner asks, who makes those of programs
    public record Order(
            String name,
            Optional<String> role,
            Optional<String> project,
            Optional<String> expires,
            Optional<Boolean> own) {
        public Order {
            role = Objects.requireNonNullElse(role, Optional.empty());
            project = Objects.requireNonNullElse(project, Optional.empty());
            expires = Objects.requireNonNullElse(expires, Optional.empty());
            own = Objects.requireNonNullElse(own, Optional.empty());
        }
    }

    /// The text of a new token: shown this once.
    public record Made(String token) {}
}
