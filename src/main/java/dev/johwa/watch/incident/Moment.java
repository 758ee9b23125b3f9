package dev.johwa.watch.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Something on the time line of an incident.
///
/// @param by who did it; empty: nobody, or the platform
/// @param project whose word it is; empty: of all who see the incident
public record Moment(Instant at, What what, String by, String words, String project) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Moment(Instant at, What what, String by, String words) {
        this(at, what, by, words, "");
    }

    public enum What {
        RELEASE,
        BAD,
        ALERT,
        VERDICT,
        TOLD,
        ACKNOWLEDGED,
        SILENCED,
        FAILED,
        ROLLBACK,
        WELL,
        RECOVERED;

        /// `rollback`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// `2026-11-27 11:02:10 UTC  Release 41 went live`.
    public String line() {
        return TIME.format(at) + "  " + words;
    }
}
