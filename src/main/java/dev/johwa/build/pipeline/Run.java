package dev.johwa.build.pipeline;

import dev.johwa.source.git.Push.RefUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One pass of the pipeline at a commit.
///
/// @param number counts the runs of a project from 1
/// @param ref that was pushed, `refs/heads/main`
/// @param environment where it goes when it passes: `production`, `staging`, the branch of a preview, or empty
/// @param reason why it ended as it did, for a person; empty while it goes on and when it passed
/// @param advice what would mend it, as the push told it, a line each
public record Run(
        String project,
        int number,
        String ref,
        String commit,
        String subject,
        Optional<String> environment,
        String by,
        State state,
        String reason,
        List<String> advice,
        int attempt,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        List<Stage> stages) {
    public Run {
        advice = List.copyOf(advice);
        stages = List.copyOf(stages);
    }

    public enum State {
        QUEUED,
        RUNNING,
        PASSED,
        FAILED,
        CANCELLED,
        SUPERSEDED;

        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /// A part of a run: `detect`, `install`, `test`, `build`, `artifact`, `deploy`, of one app.
    ///
    /// @param state `running`, `done`, `reused`, `failed`, `skipped`
    public record Stage(String app, String name, String state, String detail, Instant startedAt, long millis) {}

    /// For a person: `attempt 2 of run 7 of shop`.
    String attemptText() {
        return "attempt " + attempt + " of run " + number + " of " + project;
    }

    public String branch() {
        return RefUpdate.shortName(ref);
    }
}
