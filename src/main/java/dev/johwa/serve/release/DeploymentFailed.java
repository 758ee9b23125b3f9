package dev.johwa.serve.release;

import java.util.List;

/// A deployment came to a point where it cannot go on; the old release stays.
final class DeploymentFailed extends RuntimeException {
    private final transient List<String> details;

    DeploymentFailed(String reason, List<String> details) {
        super(reason);
        this.details = List.copyOf(details);
    }

    DeploymentFailed(String reason) {
        this(reason, List.of());
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    List<String> details() {
        return details;
    }
}
