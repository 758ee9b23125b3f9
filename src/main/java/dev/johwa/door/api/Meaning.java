package dev.johwa.door.api;

import dev.johwa.lib.problem.Problem;
import java.util.Set;

/// What a problem means for those outside: its HTTP status and its exit code, decided in this one place.
public enum Meaning {
    BAD_INPUT(400, 2),
    NOT_SIGNED_IN(401, 4),
    NOT_PERMITTED(403, 4),
    /// The honest answer is no: there is none of that name.
    UNKNOWN(404, 1),
    WRONG_METHOD(405, 2),
    /// The honest answer is no: it cannot be done as things are now.
    CONFLICT(409, 1),
    TOO_LARGE(413, 2),
    TOO_OFTEN(429, 1),
    BUG(500, 70),
    /// Something outside answered wrongly.
    OUTSIDE(502, 1),
    /// The machine lacks something, or the server is not ready.
    LACKING(503, 1),
    /// No server answered at all; only a client says so.
    UNREACHABLE(504, 3);

    private static final Set<String> CONFLICTS = Set.of(
            "busy",
            "conflict",
            "current",
            "exists",
            "failed",
            "last-owner",
            "never-live",
            "no-tests",
            "not-over",
            "nothing",
            "over",
            "protected",
            "running",
            "taken");

    private final int httpStatus;
    private final int exitCode;

    Meaning(int httpStatus, int exitCode) {
        this.httpStatus = httpStatus;
        this.exitCode = exitCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public int exitCode() {
        return exitCode;
    }

    /// Read from the kind and from how the code ends: `app.unknown`, `release.current`.
    public static Meaning of(Problem problem) {
        return switch (problem.kind()) {
            case SYSTEM -> BUG;
            case RESOURCE -> LACKING;
            case EXTERNAL -> problem.code().equals("server.unreachable") ? UNREACHABLE : OUTSIDE;
            case USER -> ofUser(problem.code());
        };
    }

    private static Meaning ofUser(String code) {
        var end = code.substring(code.lastIndexOf('.') + 1);
        return switch (end) {
            case "unknown" -> UNKNOWN;
            case "unauthenticated" -> NOT_SIGNED_IN;
            case "wrong-method" -> WRONG_METHOD;
            case "not-permitted" -> NOT_PERMITTED;
            case "too-large" -> TOO_LARGE;
            case "too-often" -> TOO_OFTEN;
            default -> CONFLICTS.contains(end) ? CONFLICT : BAD_INPUT;
        };
    }
}
