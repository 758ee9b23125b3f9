package dev.johwa.watch.artifact;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.sign.Envelope;
import java.util.List;

/// Whether an artifact is what was built and signed here.
///
/// @param wrong what differs; empty when nothing does
/// @param statements what was signed of it
public record Verdict(Digest artifact, List<String> wrong, List<Envelope> statements) {
    public Verdict {
        wrong = List.copyOf(wrong);
        statements = List.copyOf(statements);
    }
}
