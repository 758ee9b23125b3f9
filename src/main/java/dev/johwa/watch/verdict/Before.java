package dev.johwa.watch.verdict;

import dev.johwa.watch.traffic.Served;
import java.time.Instant;
import java.util.List;

/// What the release before answered in the hour before the switch.
///
/// @param release its number
/// @param buckets as in [Step]
/// @param lateAnswers those of its last minutes: what was wrong by then is not for the new one to answer
/// @param lateErrors of them
public record Before(
        int release, long answers, long errors, List<Long> buckets, long lateAnswers, long lateErrors, int restarts) {
    public Before {
        buckets = List.copyOf(buckets);
    }

    /// @param late when its last minutes began
    static Before of(Served served, Instant late, int restarts) {
        var minutes = served.minutes().stream()
                .filter(minute -> minute.at().isAfter(late))
                .toList();
        return new Before(
                served.release(),
                served.requests(),
                served.errors(),
                served.buckets(),
                minutes.stream().mapToLong(Served.Minute::requests).sum(),
                minutes.stream().mapToLong(Served.Minute::errors).sum(),
                restarts);
    }

    /// The same with what it answers at the same time as a canary.
    Before beside(Before now) {
        return new Before(release, answers, errors, buckets, now.lateAnswers, now.lateErrors, restarts);
    }
}
