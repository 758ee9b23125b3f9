package dev.johwa.lib.problem;

import java.util.List;
import java.util.stream.Collectors;

/// Carries problems to the door that tells them; there is always at least one.
public final class ProblemException extends RuntimeException {
    private final transient List<Problem> problems;

    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ProblemException needs a problem");
        }
        this.problems = List.copyOf(problems);
    }

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public ProblemException(Problem problem, Throwable cause) {
        this(List.of(problem));
        initCause(cause);
    }

    public List<Problem> problems() {
        return problems;
    }

    /// The first problem, which decides the exit code and the HTTP status.
    public Problem problem() {
        return problems.getFirst();
    }
}
