package dev.johwa.watch.chaos;

import dev.johwa.lib.event.Fact;
import java.time.Instant;

/// Something was broken on purpose.
///
/// @param kind `latency`, `kill`, …
/// @param words what it is, for a person
public record FaultBegun(
        String project,
        String app,
        String environment,
        int release,
        String kind,
        String words,
        Instant endsAt,
        String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
