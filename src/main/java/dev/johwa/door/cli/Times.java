package dev.johwa.door.cli;

import dev.johwa.lib.clock.Durations;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as a person at a terminal reads them.
final class Times {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private Times() {}

    /// How long it took: `1.20 s`, `2 m 3 s`.
    static String between(Instant from, Instant to) {
        return Durations.text(Math.max(0, to.toEpochMilli() - from.toEpochMilli()));
    }

    static String local(Instant at) {
        return FORMAT.format(at);
    }
}
