package dev.johwa.build.bill;

import dev.johwa.lib.blob.Digest;
import java.util.List;

/// What an artifact is made of.
///
/// @param components each once, in the order of their purls
/// @param locks files that say which versions were meant, in the order of their paths
/// @param warnings about files that could not be read
public record Bill(Digest artifact, List<Component> components, List<Lock> locks, List<String> warnings) {
    public Bill {
        components = List.copyOf(components);
        locks = List.copyOf(locks);
        warnings = List.copyOf(warnings);
    }

    /// @param path in the artifact
    public record Lock(String path, Digest digest) {}

    /// As CycloneDX 1.6 in JSON; equal artifacts give equal bytes.
    public byte[] cycloneDx() {
        return new CycloneDx(this).bytes();
    }
}
