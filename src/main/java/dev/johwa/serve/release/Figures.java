package dev.johwa.serve.release;

import dev.johwa.serve.release.AppStatus.Used;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What runs and what it uses, in figures: as it was some seconds ago at most, without a look at any instance.
///
/// @param serving the number of the release that serves, where one does
/// @param data bytes in folders that outlive releases, some minutes ago
public record Figures(
        List<OfInstance> instances,
        List<OfProcess> processes,
        Map<AppEnvironment, Integer> serving,
        Map<AppEnvironment, Long> data) {
    /// Where nothing outlives releases.
    public Figures(List<OfInstance> instances, List<OfProcess> processes, Map<AppEnvironment, Integer> serving) {
        this(instances, processes, serving, Map.of());
    }

    /// @param address where it answers to HTTP, empty when it does not or that is not known yet
    public record OfInstance(
            AppEnvironment where,
            String process,
            int release,
            String id,
            Instant startedAt,
            Used used,
            String address) {}

    /// @param restarts how often it ended by itself and was started again, in the release that serves
    public record OfProcess(AppEnvironment where, String process, int restarts) {}
}
