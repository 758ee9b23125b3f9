package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is wrong, and how it stands with what apps promise their users.
///
/// @param alerts what is wrong now, oldest first
/// @param objectives of apps that were asked in the last six hours
/// @param heartbeat whether somebody elsewhere notices that this server is dead: `well`, `failing` or `none`
public record AlertList(List<Alert> alerts, List<Objective> objectives, String heartbeat) {
    /// What became of alerts that were sent.
    ///
    /// @param heard how many began or ended
    /// @param known how many were known already, or cannot be heard
    public record Heard(int heard, int known) {}

    /// @param kind `crashes`, `disk`, `objectives`, …
    /// @param project absent: the platform's
    public record Alert(
            String subject, String kind, Optional<String> project, String headline, Instant since, String link) {}

    /// @param name of the app
    /// @param kind `availability` or `latency`
    /// @param text `99.5 % without an error`
    /// @param target the share that is promised, such as 0.995
    /// @param within the seconds of a fast answer, for `latency`
    /// @param requests of the last thirty days
    /// @param bad how many of them broke it
    /// @param left how many more may; below 0 where it is missed
    /// @param burning how many times too fast its budget is used; absent: it is not
    public record Objective(
            String name,
            String environment,
            String kind,
            String text,
            double target,
            Optional<Double> within,
            long requests,
            long bad,
            long left,
            Optional<Double> burning) {}
}
