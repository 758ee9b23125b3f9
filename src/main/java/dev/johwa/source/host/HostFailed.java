package dev.johwa.source.host;

import dev.johwa.lib.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;

/// A host did not do what it was asked. Which of several reasons decides what follows.
final class HostFailed extends Exception {
    private static final long serialVersionUID = 1;

    enum Reason {
        /// Too many questions; it says until when.
        LIMITED,
        /// It does not answer, or with an error of its own.
        OUT,
        /// It does not know the credentials, or wants some.
        REFUSED,
        /// It knows them, and they may not do that.
        FORBIDDEN,
        /// It may be another than it says.
        STRANGE,
        /// There is nothing, or nothing that these credentials may see.
        MISSING,
        /// It is elsewhere now.
        MOVED,
        /// It does not understand what we say.
        WRONG
    }

    private final Reason reason;
    private final transient Optional<Instant> until;
    private final String to;

    HostFailed(Reason reason, String said) {
        this(reason, said, Optional.empty(), "");
    }

    private HostFailed(Reason reason, String said, Optional<Instant> until, String to) {
        super(said);
        this.reason = reason;
        this.until = until;
        this.to = to;
    }

    static HostFailed limited(String said, Instant until) {
        return new HostFailed(Reason.LIMITED, said, Optional.of(until), "");
    }

    /// It was not reached, or must not be.
    static HostFailed of(ProblemException e) {
        var problem = e.problem();
        return problem.code().equals(Reach.CLOSED)
                ? new HostFailed(Reason.WRONG, problem.message() + "; " + problem.hint())
                : new HostFailed(Reason.OUT, problem.message());
    }

    static HostFailed moved(String to) {
        return new HostFailed(Reason.MOVED, "it moved to " + to, Optional.empty(), to);
    }

    Reason reason() {
        return reason;
    }

    Optional<Instant> until() {
        return until;
    }

    /// Where it is now; empty unless it moved.
    String to() {
        return to;
    }
}
