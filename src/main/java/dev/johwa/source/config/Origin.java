package dev.johwa.source.config;

import dev.johwa.lib.problem.Place;
import org.jspecify.annotations.Nullable;

/// Where an effective value came from.
///
/// @param where file, line and column, for values that stand in a file
public record Origin(Layer layer, @Nullable Place where) {
    /// From the strongest to the weakest.
    public enum Layer {
        PROJECT,
        ENVIRONMENT,
        SERVER,
        CONVENTION
    }
}
