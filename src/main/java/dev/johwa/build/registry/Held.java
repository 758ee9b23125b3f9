package dev.johwa.build.registry;

import dev.johwa.lib.blob.Digest;

/// A blob or a manifest that a repository holds.
///
/// @param digest by which clients know it
/// @param blob its bytes in the store
/// @param mediaType of a manifest; of blobs always `application/octet-stream`
public record Held(ContentDigest digest, Digest blob, long size, String mediaType) {
    /// What blobs are.
    public static final String BYTES = "application/octet-stream";
}
