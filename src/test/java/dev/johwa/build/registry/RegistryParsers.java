package dev.johwa.build.registry;

import dev.johwa.Parser;
import java.util.List;

/// Those of what clients push into the registry.
public final class RegistryParsers {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    private RegistryParsers() {}

    public static List<Parser> all() {
        var part =
                "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + DIGEST + "\",\"size\":7}";
        return List.of(
                Parser.ofBytes(
                        "manifest",
                        bytes -> Document.read(bytes, Document.IMAGE),
                        "{\"schemaVersion\":2,\"mediaType\":\"" + Document.IMAGE + "\",\"config\":" + part
                                + ",\"layers\":[" + part + "],\"subject\":" + part + ",\"annotations\":{\"a\":\"b\"}}"),
                Parser.ofBytes(
                        "index",
                        bytes -> Document.read(bytes, Document.INDEX),
                        "{\"schemaVersion\":2,\"mediaType\":\"" + Document.INDEX + "\",\"manifests\":[" + part + "]}"),
                Parser.ofText("reference", Reference::of, "latest", DIGEST, "sha512:" + "0".repeat(128)),
                Parser.ofText("repository", RepositoryName::new, "shop/api", "a__b--c.d/e"));
    }
}
