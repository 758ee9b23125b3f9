package dev.johwa.build.image;

import dev.johwa.lib.blob.Digest;

/// What a run built: an OCI image manifest by its digest.
///
/// @param size of all layers, compressed, in bytes
/// @param added bytes that were not in the store before
public record Artifact(Digest manifest, long size, long added) {}
