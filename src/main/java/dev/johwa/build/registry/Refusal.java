package dev.johwa.build.registry;

import dev.johwa.lib.problem.Problem;
import java.util.Locale;
import java.util.Optional;

/// Why the registry does not do what it is asked: the error codes of the OCI distribution specification 1.1, and the
/// status of HTTP that goes with each.
public enum Refusal {
    BLOB_UNKNOWN(404),
    BLOB_UPLOAD_INVALID(400),
    BLOB_UPLOAD_UNKNOWN(404),
    DENIED(403),
    DIGEST_INVALID(400),
    MANIFEST_BLOB_UNKNOWN(404),
    MANIFEST_INVALID(400),
    MANIFEST_UNKNOWN(404),
    NAME_INVALID(400),
    NAME_UNKNOWN(404),
    SIZE_INVALID(400),
    TOOMANYREQUESTS(429),
    UNSUPPORTED(405),
    /// A chunk that does not begin where the last one ended, or a part that a blob does not have.
    RANGE_INVALID(416),
    /// A manifest above its limit.
    TOO_LARGE(413);

    private static final String ROOM = "registry.";

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /// Of HTTP.
    public int status() {
        return status;
    }

    /// As clients read it.
    public String code() {
        return switch (this) {
            case RANGE_INVALID -> BLOB_UPLOAD_INVALID.name();
            case TOO_LARGE -> SIZE_INVALID.name();
            case BLOB_UNKNOWN,
                    BLOB_UPLOAD_INVALID,
                    BLOB_UPLOAD_UNKNOWN,
                    DENIED,
                    DIGEST_INVALID,
                    MANIFEST_BLOB_UNKNOWN,
                    MANIFEST_INVALID,
                    MANIFEST_UNKNOWN,
                    NAME_INVALID,
                    NAME_UNKNOWN,
                    SIZE_INVALID,
                    TOOMANYREQUESTS,
                    UNSUPPORTED -> name();
        };
    }

    /// The problem to throw.
    public Problem problem(String message) {
        return Problem.user(ROOM + name().toLowerCase(Locale.ROOT).replace('_', '-'), message);
    }

    /// What a problem is to clients; empty when it is none of the registry.
    public static Optional<Refusal> of(Problem problem) {
        if (!problem.code().startsWith(ROOM)) {
            return Optional.empty();
        }
        var name = problem.code().substring(ROOM.length()).replace('-', '_').toUpperCase(Locale.ROOT);
        for (var refusal : values()) {
            if (refusal.name().equals(name)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
