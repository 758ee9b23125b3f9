package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Times as people write them: how long ago (`90s`, `10m`, `2h`, `30d`, `2w`), or RFC 3339.
final class Since {
    private static final int LAST_YEAR = 9999;
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

    private Since() {}

    static Instant instant(String text, Instant now) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            return now.minus(duration(Long.parseLong(ago.group(1)), ago.group(2).charAt(0)));
        }
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
                throw wrong(text);
            }
            return time.toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(text);
        }
    }

    private static ProblemException wrong(String text) {
        return Problem.user("request.since", "'" + text + "' is no time")
                .hint("write how long ago (10m, 2h, 30d) or a time such as 2026-01-31T12:00:00Z")
                .exception();
    }

    /// A time that far from now.
    static Instant ahead(String text, Instant now) {
        var ahead = AGO.matcher(text);
        if (!ahead.matches()) {
            throw Problem.user("request.time", "'" + text + "' is no length of time")
                    .hint("write it as 12h, 30d or 4w")
                    .exception();
        }
        return now.plus(duration(Long.parseLong(ahead.group(1)), ahead.group(2).charAt(0)));
    }

    static Duration duration(String text, Instant now) {
        return Duration.between(instant(text, now), now);
    }

    private static Duration duration(long count, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'w' -> Duration.ofDays(7 * count);
            default -> Duration.ofDays(count);
        };
    }
}
