package dev.johwa.build.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Runs as they stand, in numbers.
///
/// @param ongoing that wait or go on
/// @param waiting since when each of those waits that wait
/// @param counts what became of each project's runs since the server's start
public record RunFigures(int ongoing, List<Instant> waiting, Map<String, RunCount> counts) {
    public RunFigures {
        waiting = List.copyOf(waiting);
        counts = Map.copyOf(counts);
    }
}
