package dev.johwa.watch.log;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Instant;

/// A line of a log.
///
/// @param sequence larger than that of all lines that came before; 0 until it is kept
/// @param app `shop` or `shop/api`
/// @param fields what came with its text, as a JSON object; empty where nothing did
public record LogLine(
        long sequence, Instant at, String app, String environment, LogSource source, String text, String fields) {
    private static final long NANOS = 1_000_000_000L;

    /// One that is not kept yet.
    public static LogLine of(Instant at, String app, LogSource source, String text, String fields) {
        return new LogLine(0, at, app, AppEnvironment.PRODUCTION, source, text, fields);
    }

    /// Nanoseconds since 1970; what is before 1678 or after 2262 is at that end of time.
    public static long nanos(Instant at) {
        long second = Math.clamp(at.getEpochSecond(), Long.MIN_VALUE / NANOS, Long.MAX_VALUE / NANOS - 1);
        return second * NANOS + at.getNano();
    }

    /// The time of so many nanoseconds since 1970.
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /// The same with what is kept of it.
    public LogLine with(String newText, String newFields) {
        return new LogLine(sequence, at, app, environment, source, newText, newFields);
    }

    /// The same when it is kept.
    public LogLine numbered(long number) {
        return new LogLine(number, at, app, environment, source, text, fields);
    }
}
