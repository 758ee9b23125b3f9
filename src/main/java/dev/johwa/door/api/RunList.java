package dev.johwa.door.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Runs, newest first.
public record RunList(List<Item> runs) {

    /// @param state `queued`, `running`, `passed`, `failed`, `cancelled`, `superseded`
    /// @param reason why it ended so, for a person, or empty
    /// @param advice what would mend it, a line each
    /// @param issues that its commit names, where the project's home is elsewhere: in a list those of the
    /// subject, of one run those of the whole message
    /// @param healthy of one run: whether what it brought live is well, and did its users no harm; empty where it
    /// brought nothing live, and in lists
    public record Item(
            String project,
            int number,
            String ref,
            String commit,
            String subject,
            Optional<String> environment,
            String by,
            String state,
            String reason,
            List<String> advice,
            int attempt,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            List<Stage> stages,
            List<IssueLink> issues,
            Optional<Boolean> healthy) {
        public Item {
            healthy = healthy == null ? Optional.empty() : healthy;
        }

        /// The same, with what is known of what it brought live.
        public Item healthy(Optional<Boolean> known) {
            return new Item(
                    project,
                    number,
                    ref,
                    commit,
                    subject,
                    environment,
                    by,
                    state,
                    reason,
                    advice,
                    attempt,
                    createdAt,
                    startedAt,
                    finishedAt,
                    stages,
                    issues,
                    known);
        }

        /// The name of its branch or tag.
        public String branch() {
            return ref.replaceFirst("^refs/(heads|tags)/", "");
        }

        @JsonIgnore
        public boolean isOver() {
            return !state.equals("queued") && !state.equals("running");
        }
    }

    /// @param state `running`, `done`, `reused`, `failed`, `skipped`
    public record Stage(String app, String name, String state, String detail, Instant startedAt, long millis) {}
}
