package dev.johwa.source.dockerfile.syntax;

import java.util.Optional;

/// The variables that a word may use.
@FunctionalInterface
public interface Variables {
    /// The value, empty when it is not set; an empty value is one.
    Optional<String> get(String name);
}
