package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// A client that [DatabaseOpened] tells of has ended.
public record DatabaseClosed(String project, String app, String environment, String variable, String exit, String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
