package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;

/// A job was skipped again and again, since a run of it still goes on; told once until one starts again.
///
/// @param times in a row
/// @param run the number of the one that goes on
public record JobSkipped(String project, String app, String environment, String job, int times, int run)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
