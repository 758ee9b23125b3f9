package dev.johwa.lib.archive;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What `docker save` writes, unpacked: `manifest.json` names a configuration and layers. It becomes a manifest of OCI.
///
/// Format:
/// <https://github.com/moby/docker-image-spec/blob/v1.3.1/spec.md#combined-image-json--filesystem-changeset-format>.
final class SavedFiles {
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final int GZIP = 0x1f8b;

    private SavedFiles() {}

    static ImageFiles read(Path folder, Optional<String> name) {
        var image = image(ImageFiles.json(folder.resolve("manifest.json")), name);
        var parts = new ArrayList<ImageFiles.Part>();
        var config = described(folder, image.path("Config").asString(""), CONFIG, parts);
        var layers = new ArrayList<Map<String, Object>>();
        for (var layer : image.path("Layers")) {
            layers.add(described(folder, layer.asString(""), LAYER, parts));
        }
        var manifest = new TreeMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", ImageFiles.MANIFEST);
        manifest.put("config", config);
        manifest.put("layers", layers);
        return new ImageFiles(Json.bytes(manifest), ImageFiles.MANIFEST, parts);
    }

    private static JsonNode image(JsonNode all, Optional<String> name) {
        if (name.isEmpty() && all.size() > 1) {
            throw ImageFiles.wrong("it has " + all.size() + " images; say which: ARCHIVE:NAME");
        }
        return all.values().stream()
                .filter(each -> name.isEmpty() || isNamed(each, name.get()))
                .findFirst()
                .orElseThrow(() -> ImageFiles.wrong(
                        name.map(each -> "it has no image '" + each + "'").orElse("its manifest.json names none")));
    }

    private static boolean isNamed(JsonNode image, String name) {
        return image.path("RepoTags").values().stream()
                .anyMatch(tag -> tag.asString("").equals(name));
    }

    private static Map<String, Object> described(Path folder, String name, String type, List<ImageFiles.Part> parts) {
        var file = folder.resolve(name).normalize();
        if (name.isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw ImageFiles.wrong("it is not whole: '" + name + "' is not there");
        }
        try {
            var digest = digest(file);
            parts.add(new ImageFiles.Part(digest, file));
            var described = new TreeMap<String, Object>();
            described.put("mediaType", type.equals(LAYER) && isCompressed(file) ? LAYER + "+gzip" : type);
            described.put("digest", digest);
            described.put("size", Files.size(file));
            return described;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCompressed(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return ((bytes.read() << 8) | bytes.read()) == GZIP;
        }
    }

    private static String digest(Path file) throws IOException {
        var hash = Digest.sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            Files.copy(file, out);
        }
        return Digest.of(hash).text();
    }
}
