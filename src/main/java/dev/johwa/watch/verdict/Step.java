package dev.johwa.watch.verdict;

import java.util.List;

/// What a release answered in some seconds.
///
/// @param second its end, counted from the switch
/// @param errors answers of 500 and above
/// @param buckets answers by their time: how many took at most each of the bounds of the edge, and the rest
/// @param restarts instances that ended by themselves
public record Step(long second, long answers, long errors, List<Long> buckets, int restarts) {
    public Step {
        buckets = List.copyOf(buckets);
        if (answers < 0 || errors < 0 || errors > answers || restarts < 0) {
            throw new IllegalArgumentException(errors + " of " + answers + " answers, " + restarts + " restarts");
        }
    }
}
