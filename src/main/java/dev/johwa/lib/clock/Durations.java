package dev.johwa.lib.clock;

import java.util.Locale;

/// Durations as people read them.
public final class Durations {
    private Durations() {}

    /// `0.21 s`, `12.3 s`, `1 m 12 s`, `2 h 5 m`, `30 m`.
    public static String text(long millis) {
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        return seconds < 3600
                ? both(seconds / 60, "m", seconds % 60, "s")
                : both(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }

    private static String both(long large, String of, long small, String rest) {
        return large + " " + of + (small == 0 ? "" : " " + small + " " + rest);
    }
}
