package dev.johwa.serve.schedule;

import dev.johwa.serve.release.AppEnvironment;

/// A job of an app in an environment.
///
/// @param job its name below `schedule:`
public record JobName(AppEnvironment where, String job) {
    @Override
    public String toString() {
        return job + " of " + where;
    }
}
