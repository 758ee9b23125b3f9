package dev.johwa.build.pipeline;

import java.util.List;

/// A stage came to an end that stops the run; says why, and what a person should see of it.
final class StageFailed extends RuntimeException {
    private final transient List<String> details;
    private final transient List<String> advice;

    /// @param summary in a few words: `1 of 3 failed`
    /// @param details lines to show below it
    /// @param advice why, where that is known, and what to do next
    StageFailed(String summary, List<String> details, List<String> advice) {
        super(summary);
        this.details = List.copyOf(details);
        this.advice = List.copyOf(advice);
    }

    String summary() {
        return String.valueOf(getMessage());
    }

    List<String> details() {
        return details;
    }

    List<String> advice() {
        return advice;
    }
}
