package dev.johwa.build.registry;

import java.time.Instant;
import java.util.Optional;

/// That a tag came, went, or named another manifest from then on.
///
/// @param from digest that it named before; empty when it is new
/// @param to digest that it named from then on; empty when it was deleted
public record TagChange(String tag, Optional<String> from, Optional<String> to, String by, Instant at) {}
