package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;

/// A job that had been skipped again and again started.
///
/// @param run its number
public record JobResumed(String project, String app, String environment, String job, int run) implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
