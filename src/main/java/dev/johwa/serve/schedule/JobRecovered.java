package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;

/// A job that had failed went well.
///
/// @param run its number
public record JobRecovered(String project, String app, String environment, String job, int run) implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
