package dev.johwa.serve.domain;

import java.time.Duration;
import java.time.Instant;

/// When an authority would have a certificate renewed (RFC 9773): before its time where the certificate is to be taken
/// back.
///
/// @param at when to renew it, `EPOCH` where nobody said so
/// @param askAt when to ask again
record Advice(Instant at, Instant askAt) {
    static final Advice NONE = new Advice(Instant.EPOCH, Instant.EPOCH);

    boolean isGiven() {
        return !at.equals(Instant.EPOCH);
    }

    /// A moment of a window, by name, so that not all come at once.
    static Instant within(Instant start, Instant end, String name) {
        long millis = Math.max(0, Duration.between(start, end).toMillis());
        return start.plusMillis(millis * Math.floorMod(name.hashCode(), 100) / 100);
    }
}
