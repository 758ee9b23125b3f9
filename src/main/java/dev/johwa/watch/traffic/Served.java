package dev.johwa.watch.traffic;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What a release served in the last hour.
///
/// @param requests all of them
/// @param errors answers of 500 and above
/// @param middleMillis half of the requests took at most so long; empty without requests
/// @param slowMillis 95 of 100 took at most so long
/// @param minutes those with requests, oldest first
public record Served(
        int release,
        long requests,
        long errors,
        OptionalLong middleMillis,
        OptionalLong slowMillis,
        List<Minute> minutes) {
    public Served {
        minutes = List.copyOf(minutes);
    }

    /// @param at its beginning
    public record Minute(Instant at, long requests, long errors) {}
}
