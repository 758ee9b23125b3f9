package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// A release set out for an environment.
public record DeploymentStarted(
        String project, String app, String environment, int release, String commit, String kind, String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
