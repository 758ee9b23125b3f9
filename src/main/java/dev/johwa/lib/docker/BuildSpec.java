package dev.johwa.lib.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What image to build.
///
/// @param dockerfile path in the context
/// @param target stage to end with; empty: the last
/// @param tags names that it gets
/// @param memoryBytes of each step
/// @param network of the steps; empty: the engine's own
/// @param isFresh whether nothing is taken from the cache
public record BuildSpec(
        String dockerfile,
        Optional<String> target,
        Map<String, String> arguments,
        Map<String, String> labels,
        List<String> tags,
        OptionalLong memoryBytes,
        OptionalDouble cpus,
        Optional<String> network,
        boolean isFresh,
        Duration limit) {
    public BuildSpec {
        arguments = Map.copyOf(arguments);
        labels = Map.copyOf(labels);
        tags = List.copyOf(tags);
    }

    /// The Dockerfile of the context to its last stage.
    public static BuildSpec of(String dockerfile, Duration limit) {
        return new BuildSpec(
                dockerfile,
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                limit);
    }
}
