package dev.johwa.door.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// What a client asks of the artifacts of releases. Without a number it is the one that serves.
public final class ArtifactCalls {
    private final Wire wire;

    ArtifactCalls(Wire wire) {
        this.wire = wire;
    }

    /// @param release its number; empty for the one that serves
    public record Which(AppName app, String environment, OptionalInt release) {}

    /// What it is made of, as CycloneDX.
    public Object bill(Which which) {
        return get(which, "sbom", Object.class);
    }

    public LicenceList licences(Which which) {
        return get(which, "licences", LicenceList.class);
    }

    public VulnerabilityList vulnerabilities(Which which) {
        return get(which, "vulnerabilities", VulnerabilityList.class);
    }

    public ArtifactProof verify(Which which) {
        return get(which, "verification", ArtifactProof.class);
    }

    public ArtifactProof.Key key() {
        return wire.get("/api/v1/artifact-key", Map.of(), ArtifactProof.Key.class);
    }

    private <T> T get(Which which, String what, Class<T> type) {
        var query = new LinkedHashMap<String, String>();
        query.put("environment", which.environment());
        which.release().ifPresent(number -> query.put("release", Integer.toString(number)));
        return wire.get(Client.app(which.app(), "/artifact/" + what), query, type);
    }
}
