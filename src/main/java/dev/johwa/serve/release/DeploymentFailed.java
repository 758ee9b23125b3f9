package dev.johwa.serve.release;

import dev.johwa.lib.file.Shortage;
import dev.johwa.lib.text.Frames;
import java.io.UncheckedIOException;
import java.util.List;

/// A deployment came to a point where it cannot go on; the old release stays.
final class DeploymentFailed extends RuntimeException {
    private static final int MOST_SHOWN = 20;

    private final transient List<String> heard;

    /// @param heard the last words, more than a person is shown
    DeploymentFailed(String reason, List<String> heard) {
        super(reason);
        this.heard = List.copyOf(heard);
    }

    DeploymentFailed(String reason) {
        this(reason, List.of());
    }

    /// What the machine refused in the middle of it, in words for a person.
    static DeploymentFailed by(RuntimeException e) {
        var cause = e instanceof UncheckedIOException ? e.getCause() : e;
        var said = String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
        return Shortage.of(e)
                .map(lacks -> new DeploymentFailed(lacks.problem().message(), List.of(said)))
                .orElseGet(() -> new DeploymentFailed(said));
    }

    /// What nobody thought of, unless it is something that the machine had not got.
    static DeploymentFailed unexpected(RuntimeException e) {
        return Shortage.of(e).isPresent() ? by(e) : new DeploymentFailed("a bug in Johwa: " + e);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    /// The last words that a person is shown, with the frames of stacks folded.
    List<String> details() {
        var told = Frames.folded(heard);
        return told.subList(Math.max(0, told.size() - MOST_SHOWN), told.size());
    }

    /// All of them, in which the cause may be told.
    List<String> heard() {
        return heard;
    }
}
