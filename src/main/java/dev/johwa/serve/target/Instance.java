package dev.johwa.serve.target;

import java.time.Instant;

/// A started instance: plain values, to be stored.
///
/// @param handle what the target needs to find it again, in the target's own words
public record Instance(
        String id,
        String app,
        String environment,
        int release,
        String process,
        String target,
        String handle,
        Instant startedAt) {}
