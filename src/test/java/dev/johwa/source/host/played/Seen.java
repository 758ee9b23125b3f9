package dev.johwa.source.host.played;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a played host has been told, and what it did: for tests to look at.
public final class Seen {
    private Seen() {}

    public record Status(String state, String context, String description, String targetUrl) {}

    /// @param states in the order in which they came
    /// @param url the `environment_url` of the last
    public record Deployment(long id, String ref, String sha, String environment, List<String> states, String url) {
        public String state() {
            return states.isEmpty() ? "pending" : states.getLast();
        }
    }

    public record Hook(long id, String url, List<String> events, boolean active, Optional<String> secret) {}

    public record Key(long id, String title, String key, boolean readOnly) {}

    public record Issue(int number, String title, String body, boolean isOpen) {}

    /// A request and how it was answered; the path is the API's own, without its base.
    public record Request(String method, String path, Map<String, String> query, int status) {}

    /// A webhook that was sent.
    ///
    /// @param status what the receiver answered; 0 where nobody did
    public record Delivery(long id, String event, Hook hook, Map<String, String> headers, byte[] body, int status) {}
}
