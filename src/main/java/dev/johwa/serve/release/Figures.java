package dev.johwa.serve.release;

import dev.johwa.serve.release.AppStatus.Used;
import java.time.Instant;
import java.util.List;

/// What runs and what it uses, in figures: as it was some seconds ago at most, without a look at any instance.
public record Figures(List<OfInstance> instances, List<OfProcess> processes) {
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
