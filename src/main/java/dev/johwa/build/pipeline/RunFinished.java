package dev.johwa.build.pipeline;

import dev.johwa.lib.event.Fact;

/// A run came to its end.
///
/// @param outcome `passed`, `failed`, `cancelled`, `superseded`
/// @param tests how many ran, all apps together
public record RunFinished(
        String project,
        int run,
        String ref,
        String commit,
        String outcome,
        String reason,
        int tests,
        int failedTests,
        long millis)
        implements Fact {
    @Override
    public String subject() {
        return project;
    }
}
