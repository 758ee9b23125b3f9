package dev.johwa.source.identity;

import java.time.Instant;

/// A link that lets whoever has it into one environment of an app.
///
/// @param by who made it
public record ShareLink(String id, Place place, String by, Instant since, Instant until) {
    /// An app in an environment.
    public record Place(String project, String app, String environment) {}
}
