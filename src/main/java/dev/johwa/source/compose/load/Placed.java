package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Value;
import java.util.function.Supplier;

/// Gives problems of texts the place of the value.
final class Placed {
    private Placed() {}

    static <T> T at(Value value, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw new ProblemException(e.problems().stream()
                    .map(problem -> problem.where() == null ? problem.at(value.place()) : problem)
                    .toList());
        }
    }
}
