package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.time.Instant;

/// A release on its way to its environment.
///
/// @param kind `push`, `deploy`, `rollback`, `settings`
/// @param before the release that serves there now, 0 for none
/// @param secretsBefore which secrets that one has
/// @param secretsVersion which secrets its instances get: those of now, but for a rollback that asks for those of then
record Deployment(
        Release release,
        String kind,
        String by,
        int before,
        long secretsBefore,
        long secretsVersion,
        Instant startedAt,
        Progress progress,
        Cancel cancel) {

    AppEnvironment where() {
        return release.where();
    }

    Deployment with(Release shown) {
        return new Deployment(shown, kind, by, before, secretsBefore, secretsVersion, startedAt, progress, cancel);
    }

    Deployment withSecrets(long version) {
        return new Deployment(release, kind, by, before, secretsBefore, version, startedAt, progress, cancel);
    }

    /// The fact that it began.
    DeploymentStarted started() {
        var where = where();
        return new DeploymentStarted(
                where.project(), where.app(), where.environment(), release.number(), release.commit(), kind, by);
    }

    boolean isRollback() {
        return kind.equals("rollback");
    }
}
