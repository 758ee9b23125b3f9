package dev.johwa.build.pipeline;

import java.time.Duration;
import java.util.Optional;

/// Where a run stands among those that wait.
///
/// @param position 1 for the next one
/// @param time about how long until it begins; empty where no project of those before it ever finished a run
record Standing(int position, Optional<Duration> time) {
    private static final int FEW = 3;
    private static final int SHORT_SECONDS = 90;

    /// `2nd in line, about 40 s`.
    String text() {
        var place = position == 1 ? "next in line" : position + ending() + " in line";
        return place + time.map(Standing::about).orElse("");
    }

    private String ending() {
        int last = position / 10 % 10 == 1 ? 0 : position % 10;
        return switch (last) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    private static String about(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 1) {
            return ", any moment";
        }
        return ", about " + (seconds < SHORT_SECONDS ? seconds + " s" : Math.round(seconds / 60.0) + " min");
    }

    /// Whether it is worth another line to who was told of that one: each of the last steps, before that half the way.
    boolean isNewsAfter(Standing told) {
        return position < told.position && (position <= FEW || position <= told.position / 2);
    }
}
