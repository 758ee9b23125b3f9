package dev.johwa.serve.schedule;

import dev.johwa.lib.event.Fact;

/// A job did not start at its times, since the control plane was not there.
///
/// @param times how often it was due meanwhile
/// @param late whether it runs now, once
public record JobMissed(String project, String app, String environment, String job, int times, boolean late)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
