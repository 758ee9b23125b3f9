package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Releases of an app in an environment, newest first.
///
/// @param next value of `after` for the page that follows, when there is one
public record ReleaseList(List<Item> releases, Optional<String> next) {

    /// @param artifact its digest
    /// @param state `deploying`, `canary`, `live`, `retired`, `failed`
    /// @param current whether it is the one that serves
    /// @param tests how many ran, 0 when none were found
    /// @param reason why it failed, else empty
    /// @param why where its run was released before: `settings` or `secrets` that are other, or `again`; else empty
    /// @param share of a hundred requests so many go to it, besides those with a field that its step names
    public record Item(
            int number,
            String commit,
            String artifact,
            Instant createdAt,
            String state,
            boolean current,
            String branch,
            int run,
            int tests,
            String by,
            String reason,
            Optional<String> why,
            double share) {}
}
