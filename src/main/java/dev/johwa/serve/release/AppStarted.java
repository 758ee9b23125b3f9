package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// Somebody had what is live started again, or woken.
///
/// @param kind `restart` or `wake`
/// @param instances how many were started
/// @param outcome `done`, or why it was given up
public record AppStarted(
        String project,
        String app,
        String environment,
        int release,
        String kind,
        int instances,
        String outcome,
        String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
