package dev.johwa.door.web;

import dev.johwa.build.pipeline.Run;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import dev.johwa.watch.verdict.ReleaseWatch;
import dev.johwa.watch.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/// Whether what a run brought live is well: how it is while it serves, and what it did to its users once another one
/// serves. What was overtaken without harm was well.
///
/// @param releases that runs brought
/// @param watch that knows which of them were bad
record RunHealth(Releases releases, ReleaseWatch watch) {
    /// How a run looks far enough back for its releases.
    private static final int MOST = 20;

    /// Empty where it brought nothing live.
    Optional<Boolean> of(Run run) {
        return run.environment().isEmpty() ? Optional.empty() : of(run, releases.status(Optional.of(run.project())));
    }

    /// @param statuses of the apps of its project
    Optional<Boolean> of(Run run, List<AppStatus> statuses) {
        var own = statuses.stream()
                .filter(status -> run.environment()
                        .filter(status.where().environment()::equals)
                        .isPresent())
                .toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(own.stream().allMatch(status -> isWell(run, status)));
    }

    private boolean isWell(Run run, AppStatus status) {
        boolean serves = releases.current(status.where())
                .filter(release -> release.run() == run.number())
                .isPresent();
        return serves ? status.isWell() : wasWell(run, status.where());
    }

    private boolean wasWell(Run run, AppEnvironment where) {
        return releases.list(where, MOST).stream()
                .filter(release -> release.run() == run.number())
                .noneMatch(this::wasBad);
    }

    private boolean wasBad(Release release) {
        return watch.find(release.where(), release.number())
                .flatMap(watched -> watched.verdict())
                .filter(Verdict::isBad)
                .isPresent();
    }
}
