package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;

/// Takes images into repositories that the platform itself packed into the store.
///
/// @param ports of the registry
record Adoption(RegistryPorts ports) {
    /// @throws ProblemException when the image is not there as a whole, or names what is no SHA-256
    void adopt(RepositoryName repository, Digest manifest) {
        var bytes = ports.blobs().read(manifest);
        var document = Document.read(bytes, "");
        var parts = new ArrayList<Held>();
        for (var part : document.blobs()) {
            var blob = new Digest(part.digest().text());
            if (!ports.blobs().renew(blob, ports.clock().now())) {
                throw Registry.unknownBlob(repository, part.digest());
            }
            parts.add(new Held(part.digest(), blob, part.size(), Held.BYTES));
        }
        var held = new Held(ContentDigest.of(manifest), manifest, bytes.length, document.mediaType());
        ports.blobs().renew(manifest, ports.clock().now());
        long now = ports.clock().now().toEpochMilli();
        ports.database().write(handle -> {
            parts.forEach(part -> BlobRows.adopt(handle, repository, part, now));
            new ManifestRows(handle, repository).put(held, document, ManifestRows.PLATFORM, now);
            return held;
        });
    }
}
