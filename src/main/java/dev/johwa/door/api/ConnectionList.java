package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Projects whose home is elsewhere.
public record ConnectionList(List<Item> connections) {

    /// @param url without credentials
    /// @param host `github`, `gitlab`, `gitea`, `git`
    /// @param login by what it is let in there: `none`, `token`, `key`
    /// @param deployKey its public half
    /// @param state `new`, `connected`, `waiting`, `refused`, `missing`
    /// @param follow how it hears of what moves: `webhook`, `polling`
    /// @param afterChecks whether commits wait for the checks of the host
    /// @param why it is so; absent where all is well
    /// @param next what to do
    /// @param since when it is so
    /// @param until when it is tried again, where the host asked to wait
    /// @param issues the page of its issues there, below which each has its own; absent where there are none
    /// @param waiting what waits, for a person
    public record Item(
            String project,
            String url,
            String host,
            String login,
            Optional<String> deployKey,
            String state,
            String follow,
            boolean afterChecks,
            Optional<String> why,
            Optional<String> next,
            Instant since,
            Optional<Instant> until,
            Optional<Instant> lookedAt,
            Optional<Instant> heardAt,
            Optional<String> note,
            Optional<String> issues,
            List<String> waiting,
            List<Pull> pulls) {}

    /// A proposal from a fork.
    public record Pull(
            int number, String title, String author, String commit, boolean approved, Optional<String> approvedBy) {}

    /// What is asked for.
    ///
    /// @param name of the project here; what the address says when absent
    /// @param token by which it is let in there
    /// @param deployKey whether it is let in by a key that is made here
    /// @param webhook where this server is reached from there, such as `https://johwa.example.com`, or `none`; what
    /// the server knows of itself when absent
    public record Order(
            String url,
            Optional<String> name,
            Optional<String> token,
            boolean deployKey,
            boolean afterChecks,
            Optional<String> webhook) {
        public Order {
            name = Objects.requireNonNullElse(name, Optional.empty());
            token = Objects.requireNonNullElse(token, Optional.empty());
            webhook = Objects.requireNonNullElse(webhook, Optional.empty());
        }
    }

    /// @param byHand whether a person has to make the webhook there
    public record Made(Item connection, boolean byHand) {}

    /// What the host is given so that it sends webhooks.
    public record Hook(String url, String secret) {}

    /// A webhook with another secret; the one before holds until a webhook is signed with this one.
    ///
    /// @param why a person has to give it to the host; absent when the host has it
    public record Rotated(Hook hook, Optional<String> why) {}

    /// What a webhook is told.
    ///
    /// @param does what follows
    public record Heard(String event, String does) {}
}
