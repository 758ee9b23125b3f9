package dev.johwa.build.pipeline;

import java.util.List;

/// A stage came to an end that stops the run; says why, and what a person should see of it.
final class StageFailed extends RuntimeException {
    private final transient List<String> details;
    private final String hint;

    /// @param summary in a few words: `1 of 3 failed`
    /// @param details lines to show below it
    /// @param hint what to do next
    StageFailed(String summary, List<String> details, String hint) {
        super(summary);
        this.details = List.copyOf(details);
        this.hint = hint;
    }

    String summary() {
        return String.valueOf(getMessage());
    }

    List<String> details() {
        return details;
    }

    String hint() {
        return hint;
    }
}
