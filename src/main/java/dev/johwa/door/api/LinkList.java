package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;

/// Links that let whoever has them into one environment of an app.
///
/// @param guarded whether one is needed there; else everybody is let in
public record LinkList(boolean guarded, List<Item> links) {

    /// @param by who made it
    public record Item(String id, String by, Instant since, Instant until) {}

    /// @param expires how long it holds (`7d`)
    public record Order(String environment, String expires) {}

    /// A new link: shown this once.
    public record Made(String id, String link, Instant until, boolean guarded) {}
}
