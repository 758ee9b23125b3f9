package dev.johwa.lib.problem;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong, told to a person.
///
/// The message says what happened with the value; the hint says what to do next. The code is stable, in lower
/// case with dots (`config.unknown-key`), so that programs can rely on it.
public record Problem(
        Kind kind,
        Severity severity,
        String code,
        String message,
        @Nullable Place where,
        @Nullable String hint) {

    public Problem {
        requireNonNull(kind, "kind is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }

    /// An error that the person can mend.
    public static Problem user(String code, String message) {
        return new Problem(Kind.USER, Severity.ERROR, code, message, null, null);
    }

    /// A bug of ours.
    public static Problem system(String code, String message) {
        return new Problem(Kind.SYSTEM, Severity.ERROR, code, message, null, null);
    }

    /// Something that the machine lacks.
    public static Problem resource(String code, String message) {
        return new Problem(Kind.RESOURCE, Severity.ERROR, code, message, null, null);
    }

    /// Something outside that failed us.
    public static Problem external(String code, String message) {
        return new Problem(Kind.EXTERNAL, Severity.ERROR, code, message, null, null);
    }

    public Problem at(Place place) {
        return new Problem(kind, severity, code, message, place, hint);
    }

    public Problem hint(String next) {
        return new Problem(kind, severity, code, message, where, next);
    }

    public Problem as(Severity other) {
        return new Problem(kind, other, code, message, where, hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    /// One line for a person: place, message, and after a dash what to do.
    public String text() {
        var start = where == null ? "" : where + ": ";
        return hint == null ? start + message : start + message + " — " + hint;
    }
}
