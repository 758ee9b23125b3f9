package dev.johwa.door.api;

import dev.johwa.lib.sign.Envelope;
import java.util.List;

/// Whether the artifact of a release is what was built and signed.
///
/// @param wrong what differs; empty when nothing does
/// @param statements what was signed, with the signatures
public record ArtifactProof(
        String app, int release, String artifact, boolean ok, List<String> wrong, List<Envelope> statements) {
    public ArtifactProof {
        wrong = List.copyOf(wrong);
        statements = List.copyOf(statements);
    }

    /// @param pem of the server's public key
    /// @param id SHA-256 of its bytes
    public record Key(String pem, String id) {}
}
