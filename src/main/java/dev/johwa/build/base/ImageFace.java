package dev.johwa.build.base;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How an image shows itself to who runs it.
///
/// @param command in exec form
/// @param folder where it starts, absolute
/// @param environment over the values of the base
/// @param port that it listens on
/// @param labels by name
public record ImageFace(
        List<String> command,
        String folder,
        Map<String, String> environment,
        OptionalInt port,
        Map<String, String> labels) {
    public ImageFace {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }
}
