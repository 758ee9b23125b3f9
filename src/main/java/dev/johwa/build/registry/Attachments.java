package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Documents about an artifact, kept beside it as manifests that speak of it (OCI distribution specification 1.1,
/// "Referrers"). They stay as long as the artifact does. Safe for use by many threads.
public final class Attachments {
    /// Who put them there, as the registry shows it.

    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final byte[] NOTHING = {'{', '}'};

    private final Registry registry;
    private final RegistryPorts ports;

    Attachments(Registry registry, RegistryPorts ports) {
        this.registry = registry;
        this.ports = ports;
    }

    /// Keeps a document and the artifact that it is about; one that is there already stays as it is.
    ///
    /// @param artifact an image in the store
    /// @param type media type of the document
    /// @throws dev.johwa.lib.problem.ProblemException when the artifact is not there as a whole
    public void add(RepositoryName repository, Digest artifact, String type, byte[] document) {
        registry.adopt(repository, artifact);
        var manifest = new TreeMap<String, Object>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", Document.IMAGE);
        manifest.put("artifactType", type);
        manifest.put("config", descriptor(EMPTY, put(repository, NOTHING), NOTHING.length));
        manifest.put("layers", List.of(descriptor(type, put(repository, document), document.length)));
        manifest.put(
                "subject", descriptor(Document.IMAGE, artifact, ports.blobs().size(artifact)));
        var bytes = Json.bytes(manifest);
        var reference = new Reference.ByDigest(ContentDigest.of(bytes, false));
        registry.manifests()
                .put(
                        repository,
                        reference,
                        new Manifests.Sent(bytes, Document.IMAGE, List.of(), ManifestRows.PLATFORM));
    }

    private static Map<String, Object> descriptor(String type, Digest digest, long size) {
        return new TreeMap<>(Map.of("mediaType", type, "digest", digest.text(), "size", size));
    }

    private Digest put(RepositoryName repository, byte[] bytes) {
        var blob = ports.blobs().put(bytes);
        var held = new Held(ContentDigest.of(blob), blob, bytes.length, Held.BYTES);
        long now = ports.clock().now().toEpochMilli();
        ports.database().write(handle -> {
            BlobRows.adopt(handle, repository, held, now);
            return blob;
        });
        return blob;
    }

    /// The documents of a type about an artifact, in the order of their manifests.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the bytes of one are not those of its digest
    public List<byte[]> find(RepositoryName repository, Digest artifact, String type) {
        return registry.manifests().referrers(repository, ContentDigest.of(artifact), Optional.of(type)).stream()
                .map(each -> Json.read(ports.blobs().read(new Digest(each.digest())), JsonNode.class))
                .map(manifest -> manifest.path("layers").path(0).path("digest").asString(""))
                .filter(Digest::isDigest)
                .map(digest -> ports.blobs().read(new Digest(digest)))
                .toList();
    }
}
