package dev.johwa.watch.chaos;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;

/// An experiment that was played.
///
/// @param file its name
/// @param status `completed`, `failed`, `aborted` or `interrupted`
/// @param deviated whether what held before does not hold after
/// @param steady whether what was to hold did, before and after
public record Played(
        String id,
        AppEnvironment where,
        int release,
        String title,
        String file,
        String by,
        String status,
        boolean deviated,
        boolean steady,
        Instant startedAt,
        Instant endedAt) {}
