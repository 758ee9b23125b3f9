package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// An instance that should run ended by itself.
///
/// @param exit how, for a person: `exit 1`
/// @param times how often in a row by now
public record InstanceCrashed(
        String project, String app, String environment, int release, String instance, String exit, int times)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
