package dev.johwa.build.pipeline;

import dev.johwa.lib.blob.Digest;
import dev.johwa.source.detect.Detection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Names for what is kept: equal names mean equal content.
final class CacheKey {
    private CacheKey() {}

    /// The key of a folder of dependencies: what installs them, and the bytes of the files that decide.
    ///
    /// @param deciding their bytes by name, as [#deciding] found them before any step
    static String of(Job job, Detection.Cache cache, Map<String, byte[]> deciding) {
        var hash = Digest.sha256();
        add(hash, job.detection().provider());
        add(hash, job.detection().version().orElse(""));
        add(hash, job.place(cache.folder()).orElse(cache.folder()));
        add(hash, job.settings().install().toString());
        if (job.detection().container().isPresent()) {
            // Its version is that of nothing here.
            add(hash, job.detection().tools().toString());
        }
        for (var name : cache.key()) {
            add(hash, job.place(name).orElse(name));
            hash.update(deciding.getOrDefault(name, new byte[0]));
        }
        return Digest.of(hash).hex();
    }

    /// What the files hold that decide about an app's folders of dependencies. An installer may write them anew.
    static Map<String, byte[]> deciding(Job job, Path source) {
        var deciding = new HashMap<String, byte[]>();
        for (var cache : job.detection().caches()) {
            for (var name : cache.key()) {
                deciding.computeIfAbsent(
                        name, each -> bytes(source.resolve(job.folder()).resolve(each)));
            }
        }
        return deciding;
    }

    /// The key of what a run makes of a tree: everything beside the files that decides it.
    static String recipe(Job job) {
        var detection = job.detection();
        var settings = job.settings();
        var hash = Digest.sha256();
        for (var part : List.of(
                detection.provider(),
                detection.version().orElse(""),
                detection.environment().toString(),
                detection.buildEnvironment().toString(),
                detection.tools().toString(),
                detection.publish().toString(),
                detection.layers().toString(),
                detection.leftovers().toString(),
                job.folder(),
                settings.install().toString(),
                settings.build().toString(),
                settings.test().toString(),
                settings.processes().toString(),
                new TreeMap<>(job.testValues()).toString(),
                settings.build().isEmpty() ? "" : new TreeMap<>(settings.values()).toString())) {
            add(hash, part);
        }
        settings.base().ifPresent(base -> add(hash, "on " + base));
        detection.container().ifPresent(container -> {
            add(hash, container.toString());
            add(hash, new TreeMap<>(settings.buildArguments()).toString());
        });
        return Digest.of(hash).hex();
    }

    /// Of a text alone.
    static String of(String text) {
        var hash = Digest.sha256();
        add(hash, text);
        return Digest.of(hash).hex();
    }

    private static void add(MessageDigest hash, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        hash.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        hash.update(bytes);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
