package dev.johwa.source.git;

import java.util.List;

/// What a client sent: one or more refs moved, and its options (`-o nowait`).
///
/// @param repository the name of the project
/// @param by the name of the identity that pushed
public record Push(String repository, String by, List<RefUpdate> updates, List<String> options) {
    /// The option of who does not want to wait for the run.
    public static final String NO_WAIT = "nowait";
    /// The option of who wants the push to fail with the run: its branches move only when what they would become
    /// has passed, as if they were protected.
    public static final String MUST_PASS = "must-pass";

    /// Whether a run decides about the branches of this push, protected or not.
    public boolean mustPass() {
        return options.contains(MUST_PASS);
    }

    public Push {
        updates = List.copyOf(updates);
        options = List.copyOf(options);
    }

    /// A ref that moves; ids are 40 hex digits, all zero for a ref that comes or goes.
    ///
    /// @param forced whether the new commit does not descend from the old one
    public record RefUpdate(String ref, String from, String to, boolean forced) {
        public static final String NOTHING = "0".repeat(40);

        public boolean isBranch() {
            return ref.startsWith("refs/heads/");
        }

        public boolean isTag() {
            return ref.startsWith("refs/tags/");
        }

        public boolean isDeletion() {
            return to.equals(NOTHING);
        }

        /// `main` for `refs/heads/main`, `v1` for `refs/tags/v1`.
        public String shortName() {
            return ref.replaceFirst("^refs/(heads|tags)/", "");
        }
    }
}
