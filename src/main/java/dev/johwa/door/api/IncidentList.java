package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is or was wrong, by its cause, newest first.
public record IncidentList(List<Item> incidents) {

    /// @param state `open`, `acknowledged` or `resolved`
    /// @param app absent where it is of no single app
    /// @param environment absent like that
    /// @param projects whose it is; none: the platform's
    /// @param since its first bad minute, as far as figures know one, else when it showed
    /// @param release that is proven to be its cause
    /// @param over what was said when it ended
    public record Item(
            int number,
            String state,
            String title,
            String headline,
            Optional<String> app,
            Optional<String> environment,
            List<String> projects,
            Instant since,
            Optional<Integer> release,
            Optional<String> acknowledgedBy,
            Optional<Instant> silencedUntil,
            Optional<Instant> endedAt,
            Optional<String> over) {}

    /// One with its time line, oldest first.
    public record Whole(Item incident, List<Moment> story) {}

    /// @param what `release`, `bad`, `alert`, `verdict`, `told`, `acknowledged`, `silenced`, `failed`, `rollback`,
    ///     `well`, `recovered`
    /// @param by who did it; absent: nobody, or the platform
    public record Moment(Instant at, String what, Optional<String> by, String words) {}

    /// @param length such as `2h`
    public record Silence(String length, Optional<String> reason) {}

    public record Resolution(Optional<String> reason) {}
}
