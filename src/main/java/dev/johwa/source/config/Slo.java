package dev.johwa.source.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// What an app promises its users, where it says so.
///
/// @param availability the share of requests that are answered without an error, between 0 and 1
/// @param within how fast a fast answer is
/// @param fast the share of requests that are answered so fast, between 0 and 1
public record Slo(OptionalDouble availability, Optional<Duration> within, OptionalDouble fast) {
    /// Nothing is said.
    public static final Slo NONE = new Slo(OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty());

    public Slo {
        availability = Objects.requireNonNullElse(availability, OptionalDouble.empty());
        within = Objects.requireNonNullElse(within, Optional.empty());
        fast = Objects.requireNonNullElse(fast, OptionalDouble.empty());
    }
}
