package dev.johwa.build.container;

import dev.johwa.build.image.ContextTar;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What image is wanted.
///
/// @param app whose it is: `shop`, `shop/api`
/// @param context the files that its build sees
/// @param dockerfile path among them
/// @param stage with which it ends; empty: the last
/// @param arguments of the build, by name
/// @param tag by which the engine keeps it: letters, digits, `.`, `-` and `_`; empty: it need not be kept
/// @param memoryBytes of each step
/// @param isAnew whether nothing is taken from earlier builds
/// @param limit of the whole build
/// @param supplies what it may take beside the files
public record ImageOrder(
        String app,
        ContextTar context,
        String dockerfile,
        Optional<String> stage,
        Map<String, String> arguments,
        Optional<String> tag,
        OptionalLong memoryBytes,
        boolean isAnew,
        Duration limit,
        Supplies supplies) {
    public ImageOrder {
        arguments = Map.copyOf(arguments);
    }

    /// What a build may take that is in no file; only BuildKit asks for it.
    ///
    /// @param bases names of images that it begins with, as the Dockerfile tells them
    /// @param secrets for steps that ask for them, by name
    public record Supplies(List<String> bases, Map<String, String> secrets) {
        public static final Supplies NONE = new Supplies(List.of(), Map.of());

        public Supplies {
            bases = List.copyOf(bases);
            secrets = Map.copyOf(secrets);
        }

        /// It never shows a secret.
        @Override
        public String toString() {
            return "Supplies[" + bases + ", " + secrets.keySet() + "]";
        }
    }

    /// The same up to that stage, of which nobody keeps the image.
    public ImageOrder upTo(String name) {
        return new ImageOrder(
                app,
                context,
                dockerfile,
                Optional.of(name),
                arguments,
                Optional.empty(),
                memoryBytes,
                isAnew,
                limit,
                supplies);
    }
}
