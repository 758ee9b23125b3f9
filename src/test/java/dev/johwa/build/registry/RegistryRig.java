package dev.johwa.build.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.johwa.Kept;
import dev.johwa.build.registry.Manifests.Sent;
import dev.johwa.build.registry.Manifests.Taken;
import dev.johwa.build.registry.Uploads.Bytes;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A registry on a real database and real files, at a time that the test decides.
final class RegistryRig implements AutoCloseable {
    static final long QUOTA = 1 << 20;

    final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T12:00:00Z"));
    final Path folder;
    final Blobs blobs;
    final Database database;
    Registry registry;
    Runnable room = () -> {};

    RegistryRig(Kept kept, Path folder) {
        this.folder = folder;
        blobs = new Blobs(folder.resolve("blobs"));
        database = kept.open(folder);
        restart();
    }

    /// As another process finds it.
    void restart() {
        registry = new Registry(
                new RegistryPorts(database, blobs, folder.resolve("blobs/uploads"), clock, QUOTA, () -> room.run()));
    }

    static RepositoryName name(String text) {
        return new RepositoryName(text);
    }

    static ContentDigest digest(String text) {
        return ContentDigest.of(Digest.of(text));
    }

    static Bytes next(String text) {
        return Bytes.next(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    Held push(String repository, String text) {
        try {
            var id = registry.uploads().begin(name(repository));
            registry.uploads().append(name(repository), id, next(text));
            return registry.uploads().finish(name(repository), id, digest(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String descriptor(String text) {
        return "{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + digest(text) + "\",\"size\":"
                + text.length() + "}";
    }

    /// An image whose configuration and layers are these texts.
    static String image(String config, String... layers) {
        var all = Stream.of(layers).map(RegistryRig::descriptor).collect(Collectors.joining(","));
        return "{\"schemaVersion\":2,\"mediaType\":\"" + Document.IMAGE + "\",\"config\":" + descriptor(config)
                + ",\"layers\":[" + all + "]}";
    }

    /// What speaks of another manifest.
    static String about(String subject, String config) {
        return image(config)
                .replaceFirst("\\{", "{\"artifactType\":\"text/signature\",\"subject\":" + descriptor(subject) + ",");
    }

    Taken put(String repository, String reference, String manifest) {
        return registry.manifests()
                .put(
                        name(repository),
                        Reference.of(reference),
                        new Sent(manifest.getBytes(UTF_8), "", List.of(), "ann"));
    }

    boolean has(String repository, String reference) {
        return registry.manifests()
                .find(name(repository), Reference.of(reference))
                .isPresent();
    }

    /// Files below a folder of the store.
    long files(String place) throws IOException {
        try (var all = Files.walk(folder.resolve("blobs").resolve(place))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    /// As if what comes in had stood still since then.
    void age(Instant since) throws IOException {
        try (var all = Files.walk(folder.resolve("blobs/uploads"))) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(since));
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
