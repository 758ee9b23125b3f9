package dev.johwa.watch.chaos;

import dev.johwa.lib.event.Fact;

/// What was broken on purpose is whole again.
///
/// @param why its time is over, somebody said so, or another control plane started
public record FaultEnded(
        String project, String app, String environment, int release, String kind, String words, String why)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
