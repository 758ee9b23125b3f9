package dev.johwa.build.base;

import dev.johwa.lib.blob.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an image stands on.
///
/// @param name as people wrote it: `bases/node:22`
/// @param manifest of the image; empty for [#SCRATCH], which has nothing in it
/// @param layers from the lowest
/// @param environment values that its image sets
public record Base(String name, Optional<Digest> manifest, List<Layer> layers, Map<String, String> environment) {
    /// Nothing at all, for programs that need nothing.
    public static final String SCRATCH = "scratch";

    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public Base {
        layers = List.copyOf(layers);
        environment = Map.copyOf(environment);
    }

    static Base scratch() {
        return new Base(SCRATCH, Optional.empty(), List.of(), Map.of());
    }

    public boolean isScratch() {
        return manifest.isEmpty();
    }

    /// Where its programs lie.
    public String path() {
        return environment.getOrDefault("PATH", USUAL_PATH);
    }

    /// A layer as it lies in the store.
    ///
    /// @param mediaType in OCI's words
    /// @param content digest before it was compressed
    record Layer(String mediaType, Digest digest, long size, String content) {}
}
