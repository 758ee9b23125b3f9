package dev.johwa.source.host;

import dev.johwa.lib.event.Fact;

/// How a project stands with its host is another way now.
///
/// @param state `connected`, `waiting`, `refused`, `missing`
/// @param why for a person; empty where all is well
/// @param next what to do; empty for nothing
public record ConnectionChanged(String project, String url, String state, String why, String next) implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
