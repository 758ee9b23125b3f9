package dev.johwa.main;

import dev.johwa.build.container.BuildkitPlace;
import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.container.ImageParts;
import dev.johwa.build.container.Inbox;
import dev.johwa.build.image.Images;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.file.Whole;
import dev.johwa.serve.target.Supply;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.Targets;
import dev.johwa.serve.target.Targets.Docker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;

/// Puts together what knows the container engine. None of it is loaded before an app becomes an image.
///
/// @param apps folder of instances and their data
/// @param engine socket of the engine
record ContainerParts(Path apps, Path engine) {
    private static final int LENGTH = 12;

    /// With the engine by which containers of this folder were started, where some were.
    static ContainerParts asBefore(Path apps) {
        try {
            var mark = mark(apps);
            return new ContainerParts(apps, Files.exists(mark) ? Path.of(Files.readString(mark)) : Engine.USUAL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path mark(Path apps) {
        return apps.resolve(".containers");
    }

    /// Whether anything of this folder may be in an engine.
    static boolean areUsed(Path apps) {
        return Files.exists(apps.resolve(".platform"));
    }

    /// @param place where BuildKit may be
    ImageBuilds builds(Images images, Inbox inbox, Clock clock, BuildkitPlace place) {
        var parts = new ImageParts(() -> new Engine(engine), this::repository, images, inbox, clock);
        return new ImageBuilds(parts, place);
    }

    /// @param ofMachine the target of what runs in no container
    Target target(Target ofMachine, Function<Engine, Docker> parts) {
        return Targets.several(
                ofMachine, mark(apps), engine.toString(), () -> Targets.docker(parts.apply(new Engine(engine))));
    }

    /// Where containers have their images from.
    Supply supply(Engine there, Images images) {
        return Targets.stored(there, images, this::repository);
    }

    /// Under which an engine keeps the images of this folder.
    private String repository() {
        return "johwa-" + platform();
    }

    /// Names this folder for ever, wherever it moves to.
    private synchronized String platform() {
        var file = apps.resolve(".platform");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(apps);
                var name = UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
                Whole.write(file, name.getBytes(StandardCharsets.US_ASCII));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
