package dev.johwa.serve.backup;

import java.time.Instant;
import java.util.List;

/// A file, folder or symbolic link of the data folder, as it was.
///
/// @param path relative to the data folder; a character stands for a byte
/// @param mode `rwxr-x---`
/// @param owner name or number of the account
/// @param group its name or number
/// @param size of a file, in bytes
/// @param chunks of a file, in order: SHA-256 in hex
/// @param target of a link
record Entry(
        String path,
        Type type,
        String mode,
        String owner,
        String group,
        Instant modified,
        long size,
        List<String> chunks,
        String target) {

    enum Type {
        FILE,
        FOLDER,
        LINK
    }

    Entry at(String otherPath) {
        return new Entry(otherPath, type, mode, owner, group, modified, size, chunks, target);
    }

    Entry holding(long bytes, List<String> itsChunks) {
        return new Entry(path, type, mode, owner, group, modified, bytes, List.copyOf(itsChunks), target);
    }
}
