package dev.johwa.build.image;

import dev.johwa.lib.blob.Digest;

/// A part of an artifact's files.
///
/// @param blob its compressed tar
/// @param content digest of the tar before it was compressed
/// @param size of the blob
/// @param root folder of dependencies that it holds, relative; empty for the application itself
record Layer(Digest blob, Digest content, long size, String root) {
    boolean holdsDependencies() {
        return !root.isEmpty();
    }
}
