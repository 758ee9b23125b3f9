package dev.johwa.serve.release;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Releases of all apps: making them live, going back, scaling, telling how they are. Safe for use by many threads;
/// one deployment at a time per app and environment, others wait.
public final class Releases {

    /// Makes a release of what passed and brings it live.
    public Outcome release(Passed passed, Progress progress, Cancel cancel) {
        throw new UnsupportedOperationException();
    }

    /// Goes back to an earlier release, by default the newest earlier one that was live.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when there is no such release
    public Outcome rollBack(AppEnvironment where, OptionalInt number, boolean secretsOfThen, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Brings an artifact live that was built before: of a commit, branch or tag, or by its digest.
    public Outcome deploy(AppEnvironment where, String revisionOrDigest, String by, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Makes a new release of what is live with the settings and secrets of now; nothing when nothing is live.
    public Optional<Outcome> applySettings(AppEnvironment where, String by, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Newest first.
    public List<Release> list(AppEnvironment where) {
        throw new UnsupportedOperationException();
    }

    /// How apps are, of one project or of all.
    public List<AppStatus> status(Optional<String> project) {
        throw new UnsupportedOperationException();
    }

    /// Changes how many instances of a process run, also to 0 and back.
    public void scale(AppEnvironment where, String process, int instances, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Stops an app everywhere and forgets its releases; a backup of its data folders is kept for a while.
    public void delete(String project, String app, Progress progress) {
        throw new UnsupportedOperationException();
    }
}
