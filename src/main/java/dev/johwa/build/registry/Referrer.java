package dev.johwa.build.registry;

import java.util.Map;

/// A manifest that speaks of another one: its signature, its list of parts.
///
/// @param artifactType what it is; empty when it does not say
public record Referrer(
        String mediaType, String digest, long size, String artifactType, Map<String, String> annotations) {}
