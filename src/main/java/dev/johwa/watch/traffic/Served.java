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
/// @param buckets how many took at most each bound of the edge, and the rest
public record Served(
        int release,
        long requests,
        long errors,
        OptionalLong middleMillis,
        OptionalLong slowMillis,
        List<Minute> minutes,
        List<Long> buckets) {
    public Served {
        minutes = List.copyOf(minutes);
        buckets = List.copyOf(buckets);
    }

    /// @param at its beginning
    /// @param slowMillis within which 95 of 100 were answered; empty without times
    public record Minute(Instant at, long requests, long errors, OptionalLong slowMillis) {}
}
