package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The attempts of runs, a row each. The number of an attempt is the fence: who writes how a run goes on or ended says
/// which attempt it is, and nothing is written for one that is over or was overtaken.
record AttemptStore(Database database, Clock clock) {
    private static final String KEY = " where project = :project and number = :number and attempt = :attempt";

    /// An attempt as it is now.
    ///
    /// @param askedEnd why somebody ended it; empty when nobody did
    record Attempt(int attempt, Run.State state, String reason, String askedEnd) {}

    /// Adds the newest attempt of a run; those before it are over, however far they came.
    void add(Handle handle, Run run) {
        handle.createUpdate("update run_attempts set state = 'CANCELLED', reason = :reason, finished_at = :now"
                        + " where project = :project and number = :number and attempt < :attempt"
                        + " and state in ('QUEUED', 'RUNNING')")
                .bind("reason", "cut off; attempt " + run.attempt() + " goes on")
                .bind("now", now())
                .bind("project", run.project())
                .bind("number", run.number())
                .bind("attempt", run.attempt())
                .execute();
        handle.createUpdate("insert into run_attempts (project, number, attempt, state, reason, asked_end, created_at)"
                        + " values (:project, :number, :attempt, 'QUEUED', '', '', :now)")
                .bind("project", run.project())
                .bind("number", run.number())
                .bind("attempt", run.attempt())
                .bind("now", now())
                .execute();
    }

    /// @return whether it waited, and was not overtaken
    boolean begin(Handle handle, Run run) {
        return handle.createUpdate("update run_attempts set state = 'RUNNING', started_at = :now" + KEY
                                + " and state = 'QUEUED'")
                        .bind("now", now())
                        .bind("project", run.project())
                        .bind("number", run.number())
                        .bind("attempt", run.attempt())
                        .execute()
                == 1;
    }

    /// @return whether it had not ended, and was not overtaken
    boolean finish(Handle handle, Run run, Run.State state, String reason, Instant at) {
        return handle.createUpdate("update run_attempts set state = :state, reason = :reason, finished_at = :at" + KEY
                                + " and state in ('QUEUED', 'RUNNING')")
                        .bind("state", state.name())
                        .bind("reason", reason)
                        .bind("at", at.toEpochMilli())
                        .bind("project", run.project())
                        .bind("number", run.number())
                        .bind("attempt", run.attempt())
                        .execute()
                == 1;
    }

    /// Somebody ended it: no later server begins again what was to end.
    void askEnd(Run run, String why) {
        database.write(handle -> handle.createUpdate("update run_attempts set asked_end = :why" + KEY)
                .bind("why", why)
                .bind("project", run.project())
                .bind("number", run.number())
                .bind("attempt", run.attempt())
                .execute());
    }

    /// Why somebody ended this attempt; empty when nobody did.
    Optional<String> askedEnd(Run run) {
        return all(run.project(), run.number()).stream()
                .filter(each -> each.attempt() == run.attempt())
                .map(Attempt::askedEnd)
                .filter(why -> !why.isEmpty())
                .findFirst();
    }

    /// Oldest first.
    List<Attempt> all(String project, int number) {
        return database.read(handle -> handle.createQuery("select attempt, state, reason, asked_end from run_attempts"
                        + " where project = :project and number = :number order by attempt")
                .bind("project", project)
                .bind("number", number)
                .map(row -> new Attempt(
                        row.getColumn("attempt", Integer.class),
                        Run.State.valueOf(row.getColumn("state", String.class)),
                        row.getColumn("reason", String.class),
                        row.getColumn("asked_end", String.class)))
                .list());
    }

    private long now() {
        return clock.now().toEpochMilli();
    }
}
