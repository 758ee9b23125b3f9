package dev.johwa.build.base;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Configurations and manifests of images, read and written (OCI image specification 1.1; Docker's schema 2 is read as
/// well, whose layers are the same bytes under another name). Equal parts give equal bytes.
final class ImageText {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String EPOCH = "1970-01-01T00:00:00Z";
    /// Neither root nor an account that a system has; numeric, so that Kubernetes can tell that it is not root.
    private static final String USER = "10001:10001";

    private ImageText() {}

    static JsonNode json(Blobs blobs, Digest digest) {
        return Json.tree(new String(blobs.read(digest), StandardCharsets.UTF_8));
    }

    /// The layers that a manifest and its configuration tell of.
    static List<Base.Layer> layers(JsonNode manifest, JsonNode config) {
        var contents = config.path("rootfs").path("diff_ids");
        var layers = new ArrayList<Base.Layer>();
        for (var each : manifest.path("layers")) {
            layers.add(new Base.Layer(
                    type(each.path("mediaType").asString("")),
                    new Digest(each.path("digest").asString()),
                    each.path("size").asLong(),
                    contents.path(layers.size()).asString("")));
        }
        return layers;
    }

    private static String type(String said) {
        return switch (said) {
            case "application/vnd.docker.image.rootfs.diff.tar.gzip" -> LAYER + "+gzip";
            case "application/vnd.docker.image.rootfs.diff.tar" -> LAYER;
            case String _ -> said;
        };
    }

    /// `KEY=value` lines of a configuration.
    static Map<String, String> environment(JsonNode config) {
        var values = new TreeMap<String, String>();
        for (var line : config.path("config").path("Env")) {
            var text = line.asString("");
            int end = text.indexOf('=');
            if (end > 0) {
                values.put(text.substring(0, end), text.substring(end + 1));
            }
        }
        return values;
    }

    static byte[] config(ImageFace face, Map<String, String> values, List<Base.Layer> layers) {
        var config = new TreeMap<String, Object>();
        config.put("User", USER);
        config.put("WorkingDir", face.folder());
        config.put("Cmd", face.command());
        config.put(
                "Env",
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .toList());
        config.put("Labels", new TreeMap<>(face.labels()));
        face.port().ifPresent(port -> config.put("ExposedPorts", Map.of(port + "/tcp", Map.of())));
        var image = new TreeMap<String, Object>();
        image.put("architecture", Architecture.ofThisMachine());
        image.put("os", "linux");
        image.put("created", face.labels().getOrDefault("org.opencontainers.image.created", EPOCH));
        image.put("config", config);
        var contents = layers.stream().map(Base.Layer::content).toList();
        image.put("rootfs", new TreeMap<>(Map.of("type", "layers", "diff_ids", contents)));
        return Json.bytes(image);
    }

    /// @param subject the manifest of which it speaks
    static byte[] manifest(
            Map<String, Object> config, List<Base.Layer> layers, Map<String, Object> subject, Base base) {
        var manifest = new TreeMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", config);
        manifest.put(
                "layers",
                layers.stream()
                        .map(layer -> descriptor(layer.mediaType(), layer.digest(), layer.size()))
                        .toList());
        manifest.put("subject", subject);
        var annotations = new TreeMap<>(Map.of("org.opencontainers.image.base.name", base.name()));
        base.manifest().ifPresent(each -> annotations.put("org.opencontainers.image.base.digest", each.text()));
        manifest.put("annotations", annotations);
        return Json.bytes(manifest);
    }

    static Map<String, Object> descriptor(String type, Digest digest, long size) {
        return new TreeMap<>(Map.of("mediaType", type, "digest", digest.text(), "size", size));
    }

    /// The manifest of an index that is for this machine.
    static Optional<String> forThisMachine(JsonNode index) {
        return index.path("manifests")
                .valueStream()
                .filter(each ->
                        each.path("platform").path("os").asString("linux").equals("linux")
                                && each.path("platform")
                                        .path("architecture")
                                        .asString("")
                                        .equals(Architecture.ofThisMachine()))
                .map(each -> each.path("digest").asString(""))
                .findFirst();
    }
}
