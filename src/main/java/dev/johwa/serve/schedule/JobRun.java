package dev.johwa.serve.schedule;

import dev.johwa.serve.target.Instance;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One run of a job, or several times at which none started.
///
/// @param number of the job's runs, from 1 on
/// @param id of its instance, under which it prints; empty where none started
/// @param handle where the target finds its instance; empty until it was started
/// @param plannedAt when it was due; of several times the last
/// @param exit how it ended or why it did not start, for a person; else empty
/// @param by who wanted it: `schedule`, or a person
/// @param times how often it was due without starting; 1 for a run
public record JobRun(
        JobName name,
        int number,
        String id,
        String handle,
        int release,
        Instant plannedAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        State state,
        String exit,
        String by,
        int times) {

    /// How it is. `SKIPPED`: the one before still went on. `MISSED`: nobody was there to start it.
    public enum State {
        STARTING,
        RUNNING,
        DONE,
        FAILED,
        STOPPED,
        SKIPPED,
        MISSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isOpen() {
            return this == STARTING || this == RUNNING;
        }
    }

    /// What the target knows of it.
    public Instance instance() {
        var where = name.where();
        return new Instance(
                id,
                where.name(),
                where.environment(),
                release,
                "job-" + name.job(),
                "",
                handle,
                startedAt.orElse(plannedAt));
    }
}
