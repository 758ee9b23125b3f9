package dev.johwa.door.web.page;

import static dev.johwa.lib.html.Tags.attribute;
import static dev.johwa.lib.html.Tags.text;
import static dev.johwa.lib.html.Tags.time;

import dev.johwa.lib.html.Html;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Moments and lengths of time as people read them.
final class Times {
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /// `3 min ago`, with the moment itself for who asks; the script tells it in the reader's zone.
    static Html ago(Visit visit, Instant at) {
        return time(
                attribute("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString()),
                attribute("title", WHOLE.format(at)),
                text(words(visit, at)));
    }

    private static String words(Visit visit, Instant at) {
        long seconds = Math.max(0, Duration.between(at, visit.now()).toSeconds());
        if (seconds < 60) {
            return visit.say("time.now");
        }
        if (seconds < 3600) {
            return visit.say("time.minutes", seconds / 60);
        }
        return seconds < 86_400 ? visit.say("time.hours", seconds / 3600) : visit.say("time.days", seconds / 86_400);
    }

    /// `in 3 min`, the same for what is to come.
    static Html ahead(Visit visit, Instant at) {
        return time(
                attribute("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString()),
                attribute("title", WHOLE.format(at)),
                text(wordsAhead(visit, at)));
    }

    private static String wordsAhead(Visit visit, Instant at) {
        long seconds = Duration.between(visit.now(), at).toSeconds();
        if (seconds < 60) {
            return visit.say(seconds < 0 ? "time.over" : "time.soon");
        }
        if (seconds < 5_400) {
            return visit.say("time.in-minutes", seconds / 60);
        }
        return seconds < 129_600
                ? visit.say("time.in-hours", Math.round(seconds / 3600.0))
                : visit.say("time.in-days", Math.round(seconds / 86_400.0));
    }

    /// A number without zeros behind it: `5`, `0.5`.
    static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    /// `0.4 s`, `12 s`, `1 m 12 s`, `2 h 5 m`.
    static String length(long millis) {
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " m " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " m";
    }

    static String length(Instant from, Instant until) {
        return length(Math.max(0, Duration.between(from, until).toMillis()));
    }
}
