package dev.johwa.serve.target.docker;

import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.docker.Content;
import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.docker.Image;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Supply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Gives the engine images from the store, in the form of `docker save`: `manifest.json`, the configuration, and the
/// layers as they are stored. Layers that the engine has, as the beginning of another image of the platform, are left
/// out.
public final class LoadedImages implements Supply {
    private final Engine engine;
    private final Images images;
    private final Supplier<String> repository;
    private final Map<Digest, Object> turns = new ConcurrentHashMap<>();

    /// @param repository under which the engine keeps the images of this platform
    public LoadedImages(Engine engine, Images images, Supplier<String> repository) {
        this.engine = engine;
        this.images = images;
        this.repository = repository;
    }

    @Override
    public String supply(String app, Digest artifact) {
        var parts = images.parts(artifact);
        var tag = app.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-" + artifact.shortened();
        var saved = new Saved(repository.get() + ":" + tag, parts.get(1), parts.subList(2, parts.size()));
        synchronized (turns.computeIfAbsent(artifact, each -> new Object())) {
            return find(saved).orElseGet(() -> {
                load(saved);
                return find(saved)
                        .orElseThrow(() -> Problem.external(
                                        "container.no-image", "the container engine took no image from " + saved.name())
                                .hint("look at its log: `journalctl -u docker`")
                                .exception());
            });
        }
    }

    /// An image's id is the digest of its configuration; engines that keep images as containerd does have others.
    private Optional<String> find(Saved saved) {
        return engine.images()
                .inspect(saved.config().text())
                .or(() -> engine.images().inspect(saved.name()))
                .map(Image::id);
    }

    private void load(Saved saved) {
        var known = known(repository.get(), layers(saved.config()));
        try {
            engine.images().load(saved.tar(images, known), new Cancel());
        } catch (ProblemException e) {
            if (known.isEmpty() || Engine.isOutage(e.problem())) {
                throw e;
            }
            engine.images().load(saved.tar(images, Set.of()), new Cancel());
        }
    }

    private List<String> layers(Digest config) {
        try (var input = images.open(config)) {
            var tree = Json.tree(new String(input.readAllBytes(), StandardCharsets.UTF_8));
            var layers = new ArrayList<String>();
            tree.path("rootfs").path("diff_ids").forEach(each -> layers.add(each.asString("")));
            return layers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Which of the layers, by place, the engine has below the same ones: as the beginning of another image.
    private Set<Integer> known(String repository, List<String> layers) {
        var known = new HashSet<Integer>();
        for (var id : engine.images().named(repository).keySet()) {
            var others = engine.images().inspect(id).map(Image::layers).orElse(List.of());
            for (int i = 0;
                    i < Math.min(others.size(), layers.size()) && others.get(i).equals(layers.get(i));
                    i++) {
                known.add(i);
            }
        }
        return known;
    }

    /// An image in the form of `docker save`.
    private record Saved(String name, Digest config, List<Digest> layers) {
        Content tar(Images images, Set<Integer> known) {
            return out -> {
                var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                var names = layers.stream().map(Saved::file).toList();
                var manifest =
                        List.of(Map.of("Config", config.hex() + ".json", "RepoTags", List.of(name), "Layers", names));
                write(tar, "manifest.json", Json.bytes(manifest));
                copy(tar, images, config, config.hex() + ".json");
                for (int i = 0; i < layers.size(); i++) {
                    if (!known.contains(i) && layers.indexOf(layers.get(i)) == i) {
                        copy(tar, images, layers.get(i), file(layers.get(i)));
                    }
                }
                tar.finish();
                tar.flush();
            };
        }

        private static String file(Digest layer) {
            return layer.hex() + ".tar";
        }

        private static void write(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
            var entry = new TarArchiveEntry(name);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        }

        private static void copy(TarArchiveOutputStream tar, Images images, Digest blob, String name)
                throws IOException {
            var entry = new TarArchiveEntry(name);
            entry.setSize(images.bytes(blob));
            tar.putArchiveEntry(entry);
            try (var input = images.open(blob)) {
                input.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
    }
}
