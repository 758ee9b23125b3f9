package dev.johwa.build.container;

import dev.johwa.build.image.ContextTar;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What image is wanted.
///
/// @param context the files that its build sees
/// @param dockerfile path among them
/// @param stage with which it ends; empty: the last
/// @param arguments of the build, by name
/// @param tag by which the engine keeps it: letters, digits, `.`, `-` and `_`; empty: it need not be kept
/// @param memoryBytes of each step
/// @param isAnew whether nothing is taken from earlier builds
/// @param limit of the whole build
public record ImageOrder(
        ContextTar context,
        String dockerfile,
        Optional<String> stage,
        Map<String, String> arguments,
        Optional<String> tag,
        OptionalLong memoryBytes,
        boolean isAnew,
        Duration limit) {
    public ImageOrder {
        arguments = Map.copyOf(arguments);
    }

    /// The same up to that stage, of which nobody keeps the image.
    public ImageOrder upTo(String name) {
        return new ImageOrder(
                context, dockerfile, Optional.of(name), arguments, Optional.empty(), memoryBytes, isAnew, limit);
    }
}
