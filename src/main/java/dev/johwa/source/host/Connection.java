package dev.johwa.source.host;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A project whose home is elsewhere.
///
/// @param home where
/// @param wish how it is followed
/// @param standing how it is now
/// @param times when what happened last
/// @param by who connected it
public record Connection(String project, Home home, Wish wish, Standing standing, Times times, String by) {

    /// What is spoken there beside git.
    public enum Kind {
        GITHUB,
        GITLAB,
        GITEA,
        /// Nothing.
        GIT;

        /// As people write it.
        public String title() {
            return switch (this) {
                case GITHUB -> "GitHub";
                case GITLAB -> "GitLab";
                case GITEA -> "Gitea";
                case GIT -> "git";
            };
        }
    }

    /// By what it is let in.
    public enum Login {
        NONE,
        TOKEN,
        KEY
    }

    /// @param url as git fetches from it, without credentials
    /// @param api where its interface for programs begins; empty for none
    /// @param publicKey half of the deploy key that goes there; empty without one
    /// @param hostKeys as ssh's `known_hosts`; empty until one was seen
    public record Home(String url, Kind kind, String api, Login login, String publicKey, String hostKeys) {
        /// For people: `github.com/acme/shop`.
        public String shown() {
            return Address.parse(url).shown();
        }

        /// Its page there, as far as the address tells.
        public String page() {
            return Address.parse(url).page();
        }
    }

    /// @param byOwner whether an owner of the platform said so, who may name any address
    /// @param afterChecks whether commits wait for the checks of the host itself
    /// @param hook its id there; empty for none that we made
    /// @param hookAt where this server is reached from there; empty where it is not
    public record Wish(boolean byOwner, boolean afterChecks, String hook, String hookAt) {}

    public enum State {
        /// Never yet looked at.
        NEW,
        CONNECTED,
        /// The host asked to wait, or does not answer; work goes on with what is here.
        WAITING,
        /// Credentials are missing, or are accepted no more.
        REFUSED,
        /// There is no such repository, or none that these credentials may see.
        MISSING;

        /// As programs write it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param why for a person; empty where all is well
    /// @param next what to do
    /// @param since when it began to be so
    /// @param until when it is tried again, where somebody asked to wait
    /// @param tries that failed since
    /// @param note something worth knowing: it moved, a webhook was lost
    public record Standing(
            State state, String why, String next, Instant since, Optional<Instant> until, int tries, String note) {}

    /// @param looked when the host was last looked at with success
    /// @param heard when a webhook last came
    /// @param lost when something had moved without one
    public record Times(Optional<Instant> looked, Optional<Instant> heard, Optional<Instant> lost, Instant created) {}

    /// Its issues there.
    public Issues issues() {
        return new Issues(home.kind(), home.page());
    }

    Address address() {
        return Address.parse(home.url());
    }

    /// Whether webhooks tell of what moves: one came, and none was lost after it.
    public boolean isTold() {
        return times.heard()
                .filter(heard -> times.lost().filter(heard::isBefore).isEmpty())
                .isPresent();
    }
}
