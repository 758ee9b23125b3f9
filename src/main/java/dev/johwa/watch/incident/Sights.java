package dev.johwa.watch.incident;

import java.time.Instant;
import java.util.Optional;

/// What is looked up in other rooms for the time line of an incident.
public interface Sights {
    /// The minute in which requests to an app began to fail before a moment, without an end since.
    ///
    /// @param app `shop`, or `shop/api`
    Optional<Instant> firstBad(String app, String environment, Instant until);

    /// What serves.
    Optional<Serving> serving(String project, String app, String environment);

    /// A line without the secrets of a project.
    String hide(String project, String line);

    /// @param since when that release was made
    record Serving(int release, Instant since) {}
}
