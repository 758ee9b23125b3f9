package dev.johwa.source.host.played;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How many requests are left of an hour.
final class Limits {
    private static final int PER_HOUR = 5000;

    private int used;
    private Instant reset = Instant.now().plus(1, ChronoUnit.HOURS);

    void count() {
        used++;
    }

    int used() {
        return used;
    }

    Answer said(Answer answer, Trouble trouble) {
        var none = trouble instanceof Trouble.NoRequestsLeft;
        if (trouble instanceof Trouble.NoRequestsLeft(var until)) {
            reset = until;
        }
        return answer.with("x-ratelimit-limit", String.valueOf(PER_HOUR))
                .with("x-ratelimit-remaining", String.valueOf(none ? 0 : PER_HOUR - used))
                .with("x-ratelimit-used", String.valueOf(none ? PER_HOUR : used))
                .with("x-ratelimit-reset", String.valueOf(reset.getEpochSecond()))
                .with("x-ratelimit-resource", "core");
    }
}
