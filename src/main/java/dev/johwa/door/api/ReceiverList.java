package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Who is told when something goes wrong, and how it goes with them.
///
/// @param mail how letters are sent; absent: not at all
/// @param lasting what is wrong now and was lately, what lasts first
public record ReceiverList(List<Item> receivers, Optional<Mail> mail, List<Condition> lasting) {

    /// @param way `mail`, `webhook`, `slack`, `issue`
    /// @param address without what is secret in it
    /// @param project absent: of all projects, and of the platform
    /// @param kinds of what; none: of all
    /// @param remind again after so many minutes while it lasts; 0: never
    /// @param state `well`, `new`, `failing`, `stopped`
    /// @param waiting words that wait for it
    /// @param answer what it answered last
    public record Item(
            String id,
            String way,
            String address,
            Optional<String> project,
            List<String> kinds,
            long remind,
            String by,
            String state,
            int waiting,
            Optional<Instant> failingSince,
            Optional<Instant> nextTry,
            Optional<String> answer,
            Optional<Instant> answeredAt) {}

    /// @param server `smtp://user@host:587`
    /// @param safety `starttls`, `tls`, `none`
    public record Mail(String server, String from, String safety) {}

    /// Something that is or was wrong.
    ///
    /// @param advice what would mend it, a line each
    public record Condition(
            String subject,
            String kind,
            Optional<String> project,
            String headline,
            Instant begun,
            Optional<Instant> ended,
            Optional<String> link,
            List<String> advice) {
        public Condition {
            // An older server tells none.
            advice = advice == null ? List.of() : List.copyOf(advice);
        }
    }

    /// Who is to be told.
    ///
    /// @param address absent for issues, which are where the project has its home
    /// @param remind `24h`: again after so long while it lasts
    public record Order(
            String way,
            Optional<String> address,
            Optional<String> project,
            List<String> kinds,
            Optional<String> remind) {
        public Order {
            address = Objects.requireNonNullElse(address, Optional.empty());
            project = Objects.requireNonNullElse(project, Optional.empty());
            kinds = kinds == null ? List.of() : List.copyOf(kinds);
            remind = Objects.requireNonNullElse(remind, Optional.empty());
        }
    }

    /// @param secret by which webhooks are signed; shown this once
    public record Added(Item receiver, Optional<String> secret) {}

    /// What a receiver answered to a test.
    public record Answered(String id, String address, String answer) {}

    /// The server that takes letters.
    ///
    /// @param plain whether the way there may be in clear
    /// @param trusted certificates in PEM, the only ones that are trusted
    public record MailOrder(
            String server, String from, Optional<String> password, boolean plain, Optional<String> trusted) {
        public MailOrder {
            password = Objects.requireNonNullElse(password, Optional.empty());
            trusted = Objects.requireNonNullElse(trusted, Optional.empty());
        }
    }
}
