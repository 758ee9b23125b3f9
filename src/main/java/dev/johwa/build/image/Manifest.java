package dev.johwa.build.image;

import dev.johwa.build.image.Images.Start;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// An OCI image manifest and its configuration (OCI image specification 1.1), as canonical JSON: keys in order,
/// neither time nor commit, so that equal parts give equal bytes.
///
/// @param config blob of the configuration
record Manifest(Part config, List<Part> layers) {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String DEPENDENCIES = "dev.johwa.dependencies";
    private static final String EPOCH = "1970-01-01T00:00:00Z";

    /// @param root folder of dependencies that a layer holds; empty for the application and for the configuration
    record Part(Digest digest, long size, String root) {}

    static Manifest of(byte[] config, Digest digest, List<Layer> layers) {
        var parts = layers.stream()
                .map(layer -> new Part(layer.blob(), layer.size(), layer.root()))
                .toList();
        return new Manifest(new Part(digest, config.length, ""), parts);
    }

    /// The configuration: how the image starts, and the digests of its layers before they were compressed.
    static byte[] config(Start start, List<Layer> layers) {
        var config = new TreeMap<String, Object>();
        config.put("WorkingDir", "/" + Images.APP);
        config.put(
                "Env",
                start.environment().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .sorted()
                        .toList());
        if (!start.command().isEmpty()) {
            config.put("Cmd", start.command());
        }
        if (!start.ports().isEmpty()) {
            var ports = new TreeMap<String, Object>();
            start.ports().forEach(port -> ports.put(port + "/tcp", Map.of()));
            config.put("ExposedPorts", ports);
        }
        var contents = layers.stream().map(layer -> layer.content().text()).toList();
        var image = new TreeMap<String, Object>();
        image.put("architecture", Architecture.ofThisMachine());
        image.put("os", "linux");
        image.put("created", EPOCH);
        image.put("config", config);
        image.put("rootfs", new TreeMap<>(Map.of("type", "layers", "diff_ids", contents)));
        return Json.bytes(image);
    }

    byte[] bytes() {
        var manifest = new TreeMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", descriptor(CONFIG, config));
        manifest.put(
                "layers", layers.stream().map(part -> descriptor(LAYER, part)).toList());
        return Json.bytes(manifest);
    }

    private static Map<String, Object> descriptor(String type, Part part) {
        var descriptor = new TreeMap<String, Object>();
        descriptor.put("mediaType", type);
        descriptor.put("digest", part.digest().text());
        descriptor.put("size", part.size());
        if (!part.root().isEmpty()) {
            descriptor.put("annotations", Map.of(DEPENDENCIES, part.root()));
        }
        return descriptor;
    }

    static Manifest read(byte[] bytes, Digest digest) {
        var tree = Json.tree(new String(bytes, StandardCharsets.UTF_8));
        if (!tree.path("config").path("digest").isString()
                || !tree.path("layers").isArray()) {
            throw Problem.user("artifact.no-image", digest.shortened() + " is not the manifest of an image")
                    .hint("`johwa releases NAME` lists the artifacts of an app")
                    .exception();
        }
        var layers = new ArrayList<Part>();
        tree.path("layers").forEach(each -> layers.add(part(each)));
        return new Manifest(part(tree.path("config")), List.copyOf(layers));
    }

    private static Part part(JsonNode descriptor) {
        var root = descriptor.path("annotations").path(DEPENDENCIES);
        return new Part(
                new Digest(descriptor.path("digest").asString()),
                descriptor.path("size").asLong(),
                root.isString() ? root.asString() : "");
    }
}
