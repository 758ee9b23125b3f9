package dev.johwa.serve.schedule;

import dev.johwa.source.config.Settings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a job is.
///
/// @param next when it is due next; none where it does not run by itself
/// @param running the run that goes on
/// @param last the newest that is over, or that did not start
public record JobStatus(
        JobName name, Settings.Job job, List<Instant> next, Optional<JobRun> running, Optional<JobRun> last) {}
