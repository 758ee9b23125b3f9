package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What apps did to their users lately, by release, and what their instances use.
///
/// @param since from when on
/// @param apps by name, environment and release
/// @param own names of metrics that an app tells of itself; of one app only
/// @param dropped values that were not kept
public record MetricsList(
        Instant since,
        Instant until,
        List<App> apps,
        List<Instance> instances,
        Map<String, Double> host,
        List<String> own,
        List<Dropped> dropped) {

    /// @param requests in that time
    /// @param errors answers of 500 and above
    /// @param p50 seconds within which half of the requests was answered; empty without requests
    /// @param counter what it counts of its business; empty where it counts nothing
    public record App(
            String name,
            String environment,
            int release,
            double requests,
            double perSecond,
            double errors,
            Optional<Double> p50,
            Optional<Double> p95,
            Optional<Double> p99,
            Optional<Counter> counter) {}

    /// @param name `orders`
    /// @param count in that time
    public record Counter(String name, double count) {}

    /// @param cores how many processors it kept busy
    public record Instance(
            String name,
            String environment,
            int release,
            String process,
            String instance,
            Optional<Double> cores,
            Optional<Double> memoryBytes) {}

    /// @param why `too many series`, `out of order`, `too old` or `in the future`
    public record Dropped(String name, String why, long values, String example, Instant last) {}
}
