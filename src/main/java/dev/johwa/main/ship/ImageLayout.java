package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.archive.ParallelGzip;
import dev.johwa.lib.archive.Tar;
import dev.johwa.lib.archive.Unclosed;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The program as a folder in the layout of OCI images (image specification 1.1): a base system and the program.
///
/// @param base the root folder of a small system with sh, git and certificates
record ImageLayout(Program program, Path base) {
    private static final String PREFIX = "application/vnd.oci.image.";
    private static final String TIME = Program.TIME.toString();

    /// What differs between two equal systems, or is the machine's own.
    private static final Pattern PASSING =
            Pattern.compile("(dev|proc|sys|run|tmp|debootstrap|var/log|var/cache|var/tmp|var/lib/apt/lists)/.*"
                    + "|etc/(machine-id|hostname|resolv\\.conf|hosts|(passwd|shadow|group|gshadow)-)");

    private record Blob(String digest, long size, String content) {}

    void write(Path folder) throws IOException {
        var blobs = Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
        var system = layer(blobs, new Contents().system(base, Predicate.not(PASSING.asMatchPredicate())));
        var installed = new Contents();
        program.addTo(installed, "usr/lib/johwa/");
        installed.link("usr/bin/johwa", "../lib/johwa/johwa").folder("var/lib/johwa");
        var layers = List.of(system, layer(blobs, installed));
        var config = blob(blobs, configuration(layers));
        var manifest = blob(
                blobs,
                sorted(
                        "schemaVersion",
                        2,
                        "mediaType",
                        PREFIX + "manifest.v1+json",
                        "config",
                        descriptor("config.v1+json", config),
                        "layers",
                        layers.stream()
                                .map(layer -> descriptor("layer.v1.tar+gzip", layer))
                                .toList()));
        var named = descriptor("manifest.v1+json", manifest);
        named.put("annotations", Map.of("org.opencontainers.image.ref.name", "johwa:" + program.version()));
        Files.write(
                folder.resolve("index.json"),
                Json.bytes(sorted(
                        "schemaVersion", 2, "mediaType", PREFIX + "index.v1+json", "manifests", List.of(named))));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private Map<String, Object> configuration(List<Blob> layers) {
        var config = sorted(
                "Entrypoint",
                List.of("/usr/lib/johwa/johwa"),
                "Cmd",
                List.of("up", "--data", "/var/lib/johwa", "--listen", "0.0.0.0:8321", "--edge", "0.0.0.0:8320"),
                "Env",
                // In the volume, so that they outlive the container.
                List.of(
                        "LC_ALL=C.UTF-8",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "XDG_CACHE_HOME=/var/lib/johwa/cache"),
                "ExposedPorts",
                sorted("8320/tcp", Map.of(), "8321/tcp", Map.of()),
                "Volumes",
                Map.of("/var/lib/johwa", Map.of()));
        var contents = layers.stream().map(Blob::content).toList();
        return sorted(
                "architecture",
                Program.architecture(),
                "os",
                "linux",
                "created",
                TIME,
                "config",
                config,
                "rootfs",
                sorted("type", "layers", "diff_ids", contents));
    }

    private static Blob layer(Path blobs, Contents contents) throws IOException {
        var file = Files.createTempFile(blobs.getParent(), "layer", "");
        var packed = Digest.sha256();
        var plain = Digest.sha256();
        try (var out = Files.newOutputStream(file);
                var gzip = new ParallelGzip(new DigestOutputStream(new Unclosed(out), packed));
                var tar = new DigestOutputStream(gzip, plain)) {
            Tar.write(contents, "", Program.TIME, tar);
        }
        return kept(blobs, file, packed, Digest.of(plain).text());
    }

    private static Blob blob(Path blobs, Map<String, Object> document) throws IOException {
        var file = Files.createTempFile(blobs.getParent(), "document", "");
        var hash = Digest.sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
            out.write(Json.bytes(document));
        }
        return kept(blobs, file, hash, "");
    }

    private static Blob kept(Path blobs, Path file, MessageDigest hash, String content) throws IOException {
        var digest = Digest.of(hash);
        long size = Files.size(file);
        Files.move(file, blobs.resolve(digest.hex()));
        return new Blob(digest.text(), size, content);
    }

    private static Map<String, Object> descriptor(String type, Blob blob) {
        return sorted("mediaType", PREFIX + type, "digest", blob.digest(), "size", blob.size());
    }

    private static Map<String, Object> sorted(Object... pairs) {
        var map = new TreeMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
