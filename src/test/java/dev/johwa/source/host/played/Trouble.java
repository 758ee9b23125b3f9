package dev.johwa.source.host.played;

import java.time.Duration;
import java.time.Instant;

/// What is wrong with a host just now.
sealed interface Trouble {
    record None() implements Trouble {}

    /// Every request of this hour has been used.
    record NoRequestsLeft(Instant until) implements Trouble {}

    /// Too many at once: GitHub's second limit.
    record TooFast(Duration retryAfter) implements Trouble {}

    /// Everything is answered with this status.
    record Broken(int status) implements Trouble {}

    /// Requests come in and nothing comes back.
    record Hanging() implements Trouble {}
}
