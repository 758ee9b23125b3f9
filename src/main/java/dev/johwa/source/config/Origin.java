package dev.johwa.source.config;

import dev.johwa.lib.problem.Place;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where an effective value came from.
///
/// @param where file, line and column, for values that stand in a file
public record Origin(Layer layer, @Nullable Place where) {
    static final Origin CONVENTION = new Origin(Layer.CONVENTION, null);

    /// Whether the project, or who runs it, decided.
    boolean isOfProject() {
        return layer == Layer.PROJECT || layer == Layer.ENVIRONMENT;
    }

    /// `johwa.yaml:3:7`, or the layer: `convention`.
    public String text() {
        return where == null ? layer.name().toLowerCase(Locale.ROOT) : where.toString();
    }

    /// From the strongest to the weakest.
    public enum Layer {
        PROJECT,
        ENVIRONMENT,
        SERVER,
        CONVENTION
    }
}
