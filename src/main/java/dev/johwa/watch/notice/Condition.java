package dev.johwa.watch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Something that is wrong from a moment to another.
///
/// @param first the word that was said when it began
/// @param mark of the newest sign
/// @param over what is said when it is well again
/// @param wellSince since when it seems well
/// @param times how often it began within an hour of its end
record Condition(
        String id,
        Kind kind,
        String key,
        Notice first,
        String mark,
        String over,
        Optional<Instant> wellSince,
        Optional<Instant> endedAt,
        int times) {
    private static final int COMES_AND_GOES = 3;
    /// What began again so soon is the same.
    static final Duration SOON = Duration.ofHours(1);

    /// For how long it must be well before that is told; what comes and goes must prove more.
    Duration calm() {
        return isFlapping() ? SOON : kind.calm();
    }

    /// Of a run or a release somebody waits to hear.
    boolean isFlapping() {
        return times >= COMES_AND_GOES && kind != Kind.RELEASES && kind != Kind.OUTSIDE;
    }

    boolean isOver(Instant now) {
        return wellSince.filter(since -> !now.isBefore(since.plus(calm()))).isPresent();
    }
}
