package dev.johwa.serve.release;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an app in an environment is now.
///
/// @param state `live`, `failed`, `stopped`, `sleeping`, `deploying`
/// @param release that serves, when there is one
/// @param wanted how many instances there should be, by process; none where nothing runs by itself
public record AppStatus(
        AppEnvironment where,
        String url,
        OptionalInt release,
        Optional<String> commit,
        String state,
        List<InstanceStatus> instances,
        Map<String, Integer> wanted,
        List<String> notes) {

    /// @param state `starting`, `healthy`, `unhealthy`, `stopped`
    public record InstanceStatus(
            String id,
            String process,
            int release,
            String state,
            OptionalLong pid,
            OptionalInt port,
            Instant startedAt) {}
}
