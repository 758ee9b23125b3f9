package dev.johwa.serve.release;

import dev.johwa.lib.text.Frames;
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
