package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;
import java.time.Instant;
import java.util.List;

/// A release went to an environment, or did not.
///
/// @param kind `push`, `deploy`, `rollback`, `settings`, `redeploy`
/// @param outcome `live`, `failed`, `superseded`, `cancelled`
/// @param previousRelease number of the release that served before, 0 for none
/// @param changes commits newly in the release that this environment never had before, newest first
/// @param hadTraffic whether it served, be it for a moment before it failed and the old was switched back
public record DeploymentFinished(
        String project,
        String app,
        String environment,
        int release,
        String commit,
        String artifact,
        String kind,
        String outcome,
        String reason,
        Instant startedAt,
        Instant finishedAt,
        int previousRelease,
        String previousCommit,
        List<Change> changes,
        boolean hadTraffic)
        implements Fact {
    public DeploymentFinished {
        changes = List.copyOf(changes);
    }

    @Override
    public String subject() {
        return project;
    }

    /// A commit in a deployment.
    ///
    /// @param reverts commits that its message says it reverts
    /// @param fixes commits that its `Fixes:` trailers name
    public record Change(
            String commit,
            Instant committedAt,
            Instant authoredAt,
            boolean merge,
            String subject,
            List<String> reverts,
            List<String> fixes) {
        public Change {
            reverts = List.copyOf(reverts);
            fixes = List.copyOf(fixes);
        }
    }
}
