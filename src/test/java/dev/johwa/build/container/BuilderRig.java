package dev.johwa.build.container;

import dev.johwa.DockerDaemon;
import dev.johwa.build.container.ImageOrder.Supplies;
import dev.johwa.build.image.ContextTar;
import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A builder on real parts, whose images begin with nothing but busybox.
final class BuilderRig {
    /// With a shell.
    static final String BASE = """
            FROM scratch AS base
            COPY busybox /bin/busybox
            RUN ["/bin/busybox", "sh", "-c", "for each in sh cat ls sleep; do /bin/busybox ln -s busybox /bin/$each; done"]
            """;

    private static final Duration LONG = Duration.ofMinutes(2);

    final Engine engine = DockerDaemon.shared().engine();
    final ImageParts parts;
    final List<BuildWord> heard = new CopyOnWriteArrayList<>();
    private final Path folder;

    BuilderRig(Path folder) {
        var clock = new SystemClock();
        var images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), clock);
        this.folder = folder;
        this.parts = new ImageParts(() -> engine, () -> "johwa-builders", images, _ -> Optional.empty(), clock);
    }

    ImageOrder order(String dockerfile) {
        return order(dockerfile, Map.of(), LONG);
    }

    ImageOrder order(String dockerfile, Map<String, String> arguments, Duration limit) {
        try {
            var source = Files.createTempDirectory(folder, "source");
            Files.createDirectories(source.resolve("docker"));
            Files.writeString(source.resolve("docker/prod.Dockerfile"), dockerfile);
            var busybox = Files.copy(DockerDaemon.busyboxFile(), source.resolve("busybox"));
            Files.setPosixFilePermissions(busybox, PosixFilePermissions.fromString("rwxr-x--x"));
            var files = List.of(Path.of("docker/prod.Dockerfile"), Path.of("busybox"));
            return new ImageOrder(
                    "shop",
                    ContextTar.of(source, files, new Cancel()),
                    "docker/prod.Dockerfile",
                    Optional.empty(),
                    arguments,
                    Optional.of("shop-1"),
                    OptionalLong.empty(),
                    false,
                    limit,
                    Supplies.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ImageOrder withSecrets(ImageOrder order, Map<String, String> secrets) {
        return new ImageOrder(
                order.app(),
                order.context(),
                order.dockerfile(),
                order.stage(),
                order.arguments(),
                order.tag(),
                order.memoryBytes(),
                order.isAnew(),
                order.limit(),
                new Supplies(List.of(), secrets));
    }

    String build(ImageBuilder builder, ImageOrder order) {
        return build(builder, order, word -> {}, new Cancel());
    }

    String build(ImageBuilder builder, ImageOrder order, Consumer<BuildWord> words, Cancel cancel) {
        heard.clear();
        return builder.build(
                order,
                word -> {
                    heard.add(word);
                    words.accept(word);
                },
                cancel);
    }

    List<String> lines() {
        return heard.stream()
                .filter(BuildWord.Line.class::isInstance)
                .map(word -> ((BuildWord.Line) word).text())
                .toList();
    }

    /// All bytes of an image, of its layers and of what it says of itself.
    String bytes(String image) {
        try (var saved = engine.images().save(image)) {
            return new String(saved.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
