package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Access tokens, without their text.
public record TokenList(List<Item> tokens) {

    /// @param role `owner`, `developer`, `reader`
    /// @param project when it is for one only
    public record Item(String id, String name, String role, Optional<String> project, Instant createdAt) {}

    /// What is asked for.
    public record Order(String name, String role, Optional<String> project) {}

    /// The text of a new token: shown this once.
    public record Made(String token) {}
}
