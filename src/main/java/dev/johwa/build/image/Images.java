package dev.johwa.build.image;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes and unpacks artifacts. Safe for use by many threads.
public final class Images {
    static final String APP = "app";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Blobs blobs;
    private final Path unpacked;
    private final Clock clock;

    /// @param unpacked folder that keeps the files of artifacts that were unpacked, by digest
    public Images(Blobs blobs, Path unpacked, Clock clock) {
        this.blobs = blobs;
        this.unpacked = unpacked;
        this.clock = clock;
    }

    /// Packs a folder.
    ///
    /// @param layers relative folders of dependencies, each a layer of its own; the rest is the last layer
    /// @param exclude relative paths that are left out (`.git`, test reports, caches)
    public Artifact pack(Path folder, List<String> layers, List<String> exclude, Start start) {
        var written = new ArrayList<Layer>();
        for (var layer : layers) {
            if (Files.isDirectory(folder.resolve(layer))) {
                written.add(write(folder, Selection.only(layer, exclude)));
            }
        }
        var rest = new ArrayList<>(exclude);
        rest.addAll(layers);
        written.add(write(folder, Selection.without(rest)));
        var config = blobs.put(Json.bytes(config(written, start)));
        var manifest = blobs.put(Json.bytes(manifest(config, written)));
        long size = written.stream().mapToLong(Layer::size).sum();
        return new Artifact(
                manifest,
                size,
                written.stream().filter(Layer::isNew).mapToLong(Layer::size).sum());
    }

    /// How the image starts when a container engine runs it.
    ///
    /// @param ports that it listens on
    public record Start(List<String> command, Map<String, String> environment, List<Integer> ports) {}

    /// @param content digest of the uncompressed tar
    private record Layer(Digest blob, Digest content, long size, boolean isNew) {}

    private Layer write(Path folder, Selection selection) {
        long before = clock.now().toEpochMilli();
        var content = new Digest[1];
        var blob = blobs.put(out -> content[0] = new LayerWriter(folder, selection).write(out));
        return new Layer(blob, content[0], blobs.size(blob), blobs.storedAt(blob) >= before - 1);
    }

    private static Map<String, Object> config(List<Layer> layers, Start start) {
        var environment = start.environment().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .toList();
        var config = new java.util.TreeMap<String, Object>();
        config.put("WorkingDir", "/" + APP);
        config.put("Env", environment);
        if (!start.command().isEmpty()) {
            config.put("Cmd", start.command());
        }
        if (!start.ports().isEmpty()) {
            var ports = new java.util.TreeMap<String, Object>();
            start.ports().forEach(port -> ports.put(port + "/tcp", Map.of()));
            config.put("ExposedPorts", ports);
        }
        var image = new java.util.TreeMap<String, Object>();
        image.put("architecture", architecture());
        image.put("os", "linux");
        image.put("config", config);
        image.put(
                "rootfs",
                new java.util.TreeMap<>(Map.of(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(layer -> layer.content().text()).toList())));
        return image;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case "amd64", "x86_64" -> "amd64";
            case String other -> other;
        };
    }

    private Map<String, Object> manifest(Digest config, List<Layer> layers) {
        var manifest = new java.util.TreeMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", descriptor(CONFIG, config));
        manifest.put(
                "layers",
                layers.stream().map(layer -> descriptor(LAYER, layer.blob())).toList());
        return manifest;
    }

    private Map<String, Object> descriptor(String type, Digest digest) {
        return new java.util.TreeMap<>(Map.of("mediaType", type, "digest", digest.text(), "size", blobs.size(digest)));
    }

    /// The files of an artifact in a folder that is shared, read-only and kept; unpacked on first use.
    public Path unpack(Digest manifest) {
        var place = unpacked.resolve(manifest.hex());
        if (Files.isDirectory(place)) {
            return place;
        }
        var work = unpacked.resolve(manifest.hex() + "." + Long.toString(clock.ticks(), 36));
        try {
            Files.createDirectories(work);
            for (var layer : layers(manifest)) {
                new LayerReader(work).read(blobs.open(layer));
            }
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // Another thread was first; ours is the same.
            Trees.delete(work);
        } catch (IOException e) {
            Trees.delete(work);
            throw new UncheckedIOException(e);
        }
        return place;
    }

    /// The files of an artifact in a new folder of an instance's own, which may change without touching anything
    /// shared: reflinks where the file system has them, else copies.
    public void copyTo(Digest manifest, Path folder) {
        Trees.copy(unpack(manifest), folder);
    }

    /// Whether every blob of it is there; says what is not. What a blob holds is checked when it is read.
    public List<String> verify(Digest manifest) {
        try {
            var missing = new ArrayList<String>();
            for (var layer : layers(manifest)) {
                if (!blobs.has(layer)) {
                    missing.add("layer " + layer.shortened() + " is missing");
                }
            }
            return missing;
        } catch (ProblemException e) {
            return List.of(e.problem().message());
        }
    }

    private List<Digest> layers(Digest manifest) {
        return references(manifest, "layers");
    }

    private List<Digest> references(Digest manifest, String... fields) {
        var tree = Json.tree(new String(blobs.read(manifest), java.nio.charset.StandardCharsets.UTF_8));
        var found = new ArrayList<Digest>();
        for (var field : fields) {
            var node = tree.path(field);
            if (node.isArray()) {
                node.forEach(each -> found.add(new Digest(each.path("digest").asString())));
            } else {
                found.add(new Digest(node.path("digest").asString()));
            }
        }
        return found;
    }

    /// Deletes blobs and unpacked folders that no manifest of these needs, and none that is younger than an hour.
    ///
    /// @return freed bytes
    public long collect(Set<Digest> keep) {
        var needed = new HashSet<Digest>(keep);
        keep.stream().filter(blobs::has).forEach(manifest -> needed.addAll(references(manifest, "config", "layers")));
        long old = clock.now().minus(YOUNG).toEpochMilli();
        long freed = 0;
        for (var digest : blobs.list()) {
            if (!needed.contains(digest) && blobs.storedAt(digest) < old) {
                freed += blobs.size(digest);
                blobs.delete(digest);
            }
        }
        for (var folder : Trees.children(unpacked)) {
            var name = folder.getFileName().toString();
            boolean kept = keep.stream().anyMatch(digest -> name.equals(digest.hex()));
            if (!kept && Trees.modifiedAt(folder) < old) {
                Trees.delete(folder);
            }
        }
        return freed;
    }

    /// Reads a blob as a stream, for those who show it to others.
    public InputStream open(Digest blob) {
        return blobs.open(blob);
    }
}
