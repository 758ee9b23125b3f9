package dev.johwa.serve.release;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// How an app in an environment is now.
///
/// @param state `live`, `failed`, `stopped`, `sleeping`, `deploying`
/// @param release that serves, when there is one
public record AppStatus(
        AppEnvironment where,
        String url,
        OptionalInt release,
        Optional<String> commit,
        String state,
        List<InstanceStatus> instances,
        List<String> notes) {

    /// @param state `starting`, `healthy`, `unhealthy`, `stopped`
    public record InstanceStatus(
            String id, String process, int release, String state, OptionalLong pid, OptionalInt port) {}
}
