package dev.johwa.serve.release;

import dev.johwa.lib.task.Cancel;
import dev.johwa.source.git.Progress;
import java.util.List;
import java.util.Optional;

/// Tries on purpose what goes wrong. The room of releases asks for it before a release gets requests, and never knows
/// what an experiment is.
@FunctionalInterface
public interface Trials {
    /// What was to hold and does not.
    ///
    /// @param lines that tell more
    record Unsteady(String reason, List<String> lines) {
        public Unsteady {
            lines = List.copyOf(lines);
        }
    }

    /// Plays an experiment to its end and undoes whatever it did.
    ///
    /// @return why the release is not to be trusted; empty when all held
    /// @throws dev.johwa.lib.problem.ProblemException when it cannot be played
    Optional<Unsteady> play(Stage stage, Trial trial, Progress progress, Cancel cancel);
}
