package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Images of a project that were pushed to the registry.
///
/// @param usedBytes what they take, each blob counted once
/// @param mostBytes what they may take
public record ImageList(List<Repository> repositories, long usedBytes, long mostBytes) {

    /// @param name `shop`, `shop/api`
    /// @param changes of its tags, newest first
    public record Repository(String name, List<Tag> tags, List<Change> changes) {}

    public record Tag(String tag, String digest) {}

    /// @param from digest that the tag named before; empty when it is new
    /// @param to digest that it named from then on; empty when it was deleted
    public record Change(String tag, Optional<String> from, Optional<String> to, String by, Instant at) {}
}
