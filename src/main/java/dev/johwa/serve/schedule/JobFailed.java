package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;

/// A job failed; told once until it goes well again.
///
/// @param run its number
/// @param exit how it ended, for a person
public record JobFailed(String project, String app, String environment, String job, int run, String exit)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
