package dev.johwa.watch.chaos;

import dev.johwa.lib.event.Fact;

/// An experiment was played to its end.
///
/// @param status `completed`, `failed`, `aborted` or `interrupted`
/// @param steady whether what was to hold did, before and after
public record ExperimentPlayed(
        String project,
        String app,
        String environment,
        int release,
        String experiment,
        String title,
        String status,
        boolean steady,
        String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
