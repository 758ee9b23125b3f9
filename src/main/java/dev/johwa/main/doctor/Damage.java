package dev.johwa.main.doctor;

import dev.johwa.lib.blob.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was found out of artifacts, for those who look who needs them. Used by one thread.
final class Damage {
    private final Map<Digest, List<Digest>> parts = new HashMap<>();
    private final Map<Digest, String> blobs = new HashMap<>();

    /// The blobs of an artifact.
    void consistsOf(Digest artifact, List<Digest> its) {
        parts.put(artifact, its);
    }

    void found(Digest blob, String wrong) {
        blobs.put(blob, wrong);
    }

    /// All blobs that are missing or damaged.
    Set<Digest> blobs() {
        return Set.copyOf(blobs.keySet());
    }

    /// What is wrong with an artifact.
    Optional<String> of(Digest artifact) {
        return parts.getOrDefault(artifact, List.of(artifact)).stream()
                .filter(blobs::containsKey)
                .map(blobs::get)
                .findFirst();
    }

    /// Whether an artifact that was looked at has that blob.
    boolean isOfAny(Digest blob) {
        return parts.values().stream().anyMatch(its -> its.contains(blob));
    }
}
