package dev.johwa.watch.history;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What an app did over a time. Arrays have a value for each step, no number where nothing is known, and are not
/// changed by who has them.
///
/// @param releases newest first; those that are too many to be told apart are one, the last
/// @param counter what the app counts of its business, where it does
/// @param restarts how often instances ended by themselves and were started again, within each step
public record Course(Window window, List<OfRelease> releases, Optional<String> counter, double[] restarts) {
    public Course {
        releases = List.copyOf(releases);
    }

    /// @param number empty: all earlier ones together
    /// @param requests in all of the time
    /// @param errors answers of 500 and above
    /// @param perSecond requests
    /// @param share of errors in requests, 0 to 1
    /// @param times within which requests were answered
    /// @param cores how many processors instances kept busy
    /// @param memory bytes that all instances had together, in the mean
    /// @param counted of its business, in all of the time
    /// @param perMinute the same
    public record OfRelease(
            OptionalInt number,
            double requests,
            double errors,
            double[] perSecond,
            double[] share,
            Times times,
            double[] cores,
            double[] memory,
            double counted,
            double[] perMinute) {}

    /// Seconds within which half of the requests was answered, 95 and 99 of 100.
    public record Times(double[] half, double[] most, double[] nearlyAll) {}
}
