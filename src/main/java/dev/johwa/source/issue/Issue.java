package dev.johwa.source.issue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something that is to be done about a project.
///
/// @param number within the project, from 1
/// @param title a line
/// @param body in Markdown; empty for nothing
/// @param assignee who looks after it; empty: nobody
/// @param labels in order
public record Issue(
        String project,
        int number,
        String title,
        String body,
        State state,
        String author,
        String assignee,
        List<String> labels,
        int comments,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> closedAt) {
    public Issue {
        labels = List.copyOf(labels);
    }

    public enum State {
        OPEN,
        CLOSED;

        /// `open`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /// As texts name it: `#12`.
    public String name() {
        return "#" + number;
    }
}
