package dev.johwa.build.container;

import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import java.util.function.Supplier;

/// What every builder works with.
///
/// @param engine asked for when an image is wanted
/// @param repository under which the engine keeps the images of this platform
/// @param inbox takes images where the engine or the builder has a way there
public record ImageParts(
        Supplier<Engine> engine, Supplier<String> repository, Images images, Inbox inbox, Clock clock) {
    /// Under which the registry shows the newest image of an app.
    static final String TAG = "built";

    /// Under which the engine keeps an image for us.
    String name(String tag) {
        return repository.get() + ":" + tag;
    }
}
