package dev.johwa.serve.router;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the edge counted since it started.
///
/// @param unhealthy ids of instances that do not answer now
/// @param instances those of its table that were asked
public record EdgeReport(
        long startedAtMillis,
        List<Counts> counts,
        List<String> unhealthy,
        long connections,
        List<OfInstance> instances) {
    public EdgeReport {
        // An edge of an earlier program does not tell.
        instances = Objects.requireNonNullElse(instances, List.of());
    }

    /// Of nothing that was asked.
    public EdgeReport(long startedAtMillis, List<Counts> counts, List<String> unhealthy, long connections) {
        this(startedAtMillis, counts, unhealthy, connections, List.of());
    }

    /// What an instance answered.
    ///
    /// @param errors answers of 500 and above, and connections that ended before an answer
    public record OfInstance(String instance, long requests, long errors, double seconds, long inFlight) {}

    /// @param statuses requests by status code
    /// @param buckets requests by duration: how many took at most each of [#BOUNDS] seconds, not cumulated, and
    ///     one more for the rest
    /// @param lastRequestAtMillis when the last request came, 0 for never
    /// @param counted answers that told of one of what the app counts
    public record Counts(
            String app,
            String environment,
            int release,
            long requests,
            Map<Integer, Long> statuses,
            List<Long> buckets,
            double seconds,
            long bytesIn,
            long bytesOut,
            long inFlight,
            long lastRequestAtMillis,
            long counted) {
        /// With what is under way at another edge.
        Counts with(Counts beside) {
            return new Counts(
                    app,
                    environment,
                    release,
                    requests,
                    statuses,
                    buckets,
                    seconds,
                    bytesIn,
                    bytesOut,
                    inFlight + beside.inFlight,
                    Math.max(lastRequestAtMillis, beside.lastRequestAtMillis),
                    counted);
        }

        /// None of it, as nothing of it is told twice.
        Counts zero() {
            return new Counts(
                    app, environment, release, 0, Map.of(), Collections.nCopies(buckets.size(), 0L), 0, 0, 0, 0, 0, 0);
        }
    }

    public static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
}
