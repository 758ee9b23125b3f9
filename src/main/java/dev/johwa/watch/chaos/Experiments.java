package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.List;

/// Files of experiments.
public final class Experiments {
    private Experiments() {}

    /// Everything that is wrong with a file.
    ///
    /// @param file its name, which ends in `.json` where it is JSON
    public static List<Problem> check(String file, String text) {
        var reader = new ExperimentReader();
        var _ = reader.read(file, text);
        return List.copyOf(reader.problems());
    }

    /// @throws ProblemException with everything that is wrong
    static Experiment read(String file, String text) {
        var reader = new ExperimentReader();
        return reader.read(file, text).orElseThrow(() -> new ProblemException(reader.problems()));
    }
}
