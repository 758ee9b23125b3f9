package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// A database went to another major version.
///
/// @param variable under which the app finds its address
/// @param from the major version before
public record DatabaseUpgraded(
        String project, String app, String environment, String variable, String from, String to, String by)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
