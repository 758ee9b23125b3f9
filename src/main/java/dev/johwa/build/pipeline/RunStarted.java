package dev.johwa.build.pipeline;

import dev.johwa.lib.event.Fact;

/// A run began (again, when the attempt is above 1).
public record RunStarted(String project, int run, int attempt, String ref, String commit, String by) implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
