package dev.johwa.source.git;

import dev.johwa.lib.text.Near;
import dev.johwa.lib.text.Width;
import java.util.List;
import java.util.Optional;

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
    /// The option of who wants tests and a build only.
    public static final String SKIP_DEPLOY = "skip-deploy";
    /// The option of a run that uses nothing of what earlier ones left.
    public static final String ANEW = "anew";

    private static final List<String> KNOWN = List.of(NO_WAIT, SKIP_DEPLOY, MUST_PASS, ANEW);
    private static final int SHOWN_LETTERS = 60;

    /// What is wrong with options that somebody gave; empty when all are known. Of one that is mistyped nobody would
    /// hear, and `skip-deplyo` would deploy.
    static Optional<String> wrong(List<String> options) {
        return options.stream()
                .filter(option -> !KNOWN.contains(option))
                .findFirst()
                .map(option -> "push option '" + Width.cut(option, SHOWN_LETTERS) + "' is not known here; "
                        + Near.question(option, KNOWN).map(near -> near + " ").orElse("")
                        + "(known: " + String.join(", ", KNOWN) + ")");
    }

    /// Whether a run decides about the branches of this push: where they are protected, the server adds the option.
    public boolean mustPass() {
        return options.contains(MUST_PASS);
    }

    public Push {
        updates = List.copyOf(updates);
        options = List.copyOf(options);
    }

    /// What is to be stored of it.
    Pushed[] facts() {
        return updates.stream()
                .map(update -> new Pushed(repository, update.ref(), update.from(), update.to(), by, update.forced()))
                .toArray(Pushed[]::new);
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

        /// What somebody proposes who may not push here.
        public boolean isPull() {
            return ref.matches("refs/pull/\\d{1,9}/head");
        }

        public boolean isDeletion() {
            return to.equals(NOTHING);
        }

        /// `main` for `refs/heads/main`, `v1` for `refs/tags/v1`, `#7` for `refs/pull/7/head`.
        public String shortName() {
            return shortName(ref);
        }

        public static String shortName(String ref) {
            return ref.replaceFirst("^refs/(heads|tags)/", "").replaceFirst("^refs/pull/(\\d+)/head$", "#$1");
        }

        /// The name of its preview, where it has one: that of the branch, `pull-7` for a proposal.
        public String preview() {
            return isPull() ? ref.replaceFirst("^refs/pull/(\\d+)/head$", "pull-$1") : shortName();
        }
    }
}
