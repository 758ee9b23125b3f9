package dev.johwa.serve.schedule;

import java.time.Instant;
import java.util.Optional;

/// How a job is, in figures.
///
/// @param nextAt when it is due next; empty where it does not run by itself
/// @param doneAt when its newest run that went well ended
/// @param missedAt when it was last found that it had been missed
/// @param skipped how often it was skipped since its newest run started
public record JobFigures(
        JobName name, Optional<Instant> nextAt, Optional<Instant> doneAt, Optional<Instant> missedAt, int skipped) {}
