package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the engine refuses because the machine lacks something, told to a person.
final class Failures {
    private Failures() {}

    /// A problem of kind RESOURCE when the machine is the cause, else the exception itself.
    static RuntimeException told(Engine engine, RuntimeException failure, String doing) {
        return told(cause -> engine.problem(cause, doing).orElse(null), failure);
    }

    /// @param meaning null for what is our own fault
    static RuntimeException told(Function<SQLException, @Nullable Problem> meaning, RuntimeException failure) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        return cause(failure)
                .map(meaning)
                .<RuntimeException>map(problem -> new ProblemException(problem, failure))
                .orElse(failure);
    }

    /// What the driver said, wherever in the failure it is.
    static Optional<SQLException> cause(@Nullable Throwable failure) {
        return failure == null
                ? Optional.empty()
                : failure instanceof SQLException found
                        ? Optional.of(found)
                        : Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                                .flatMap(each -> cause(each).stream())
                                .findFirst();
    }
}
