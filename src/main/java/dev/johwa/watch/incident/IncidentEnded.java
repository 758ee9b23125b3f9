package dev.johwa.watch.incident;

import dev.johwa.lib.event.Fact;
import java.time.Instant;

/// What was wrong with an app hurts nobody any more, and a release is proven to be its cause: it was found to be bad
/// beside the one before.
///
/// @param release the cause
/// @param since the first minute in which requests failed, or when it showed
/// @param recovered when another release had taken over, or when it was well again
public record IncidentEnded(
        String project,
        String app,
        String environment,
        int incident,
        int release,
        Instant since,
        Instant recovered,
        String evidence)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
