package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The people who work here, and who is invited.
public record PeopleList(List<Item> people, List<Invited> invitations) {

    /// @param since when the person came in
    public record Item(String name, List<Grant> roles, Instant since) {}

    /// @param role `owner`, `maintainer`, `viewer`
    /// @param project when it holds there only
    public record Grant(String role, Optional<String> project) {
        public Grant {
            project = Objects.requireNonNullElse(project, Optional.empty());
        }
    }

    /// @param role absent: the link is for a new password
    /// @param until when the link holds no longer
    public record Invited(String name, Optional<Grant> role, String by, Instant until) {}

    /// Who is invited, and to what.
    public record Order(String name, String role, Optional<String> project) {
        public Order {
            project = Objects.requireNonNullElse(project, Optional.empty());
        }
    }

    /// A role that changes.
    ///
    /// @param role `none` takes it away
    /// @param project where; everywhere when absent
    public record Change(String role, Optional<String> project) {
        public Change {
            project = Objects.requireNonNullElse(project, Optional.empty());
        }
    }

    /// A link that lets somebody in once: shown this once.
    public record Link(String name, String link, Instant until) {}

    /// Coming in by a link.
    ///
    /// @param token the last part of the link
    /// @param name absent: the one that was invited
    public record Acceptance(String token, Optional<String> name, String password) {
        public Acceptance {
            name = Objects.requireNonNullElse(name, Optional.empty());
        }
    }

    /// What a person knows.
    public record Credentials(String name, String password) {}
}
