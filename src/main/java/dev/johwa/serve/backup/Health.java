package dev.johwa.serve.backup;

import java.time.Instant;
import java.util.Optional;

/// How backups went.
///
/// @param last the newest that was made whole
/// @param triedAt when one was last begun by itself
/// @param problem why that one failed, empty when it did not
/// @param provenAt when one was last brought back for trial
/// @param trialProblem why that failed, empty when it did not
public record Health(Optional<Made> last, Instant triedAt, String problem, Instant provenAt, String trialProblem) {
    static final Health NEW = new Health(Optional.empty(), Instant.EPOCH, "", Instant.EPOCH, "");

    Health made(Made backup) {
        return new Health(Optional.of(backup), triedAt, "", provenAt, trialProblem);
    }

    Health tried(Instant at) {
        return new Health(last, at, problem, provenAt, trialProblem);
    }

    Health failed(String why) {
        return new Health(last, triedAt, why, provenAt, trialProblem);
    }

    Health proven(Instant at, String why) {
        return new Health(last, triedAt, problem, at, why);
    }

    /// What is wrong, in a line; empty when nothing is.
    public String wrong() {
        if (!problem.isEmpty()) {
            return "the last backup failed: " + problem;
        }
        return trialProblem.isEmpty() ? "" : "a trial restore failed: " + trialProblem;
    }
}
