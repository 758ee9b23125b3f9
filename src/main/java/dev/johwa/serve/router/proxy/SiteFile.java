package dev.johwa.serve.router.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// A file of a site, as it was when it was looked at.
///
/// @param file where it lies, without links
/// @param name its path from the root of the site, which also tells its type
/// @param modified milliseconds
record SiteFile(Path file, String name, long size, long modified) {
    /// The bytes that are sent for a file: its own, or those of a compressed copy.
    ///
    /// @param coding `br`, `gzip`, or empty
    record Copy(Path file, long size, String coding) {}

    Copy asItIs() {
        return new Copy(file, size, "");
    }

    String type() {
        return ContentTypes.of(name);
    }

    /// Changes when the file does.
    String mark() {
        return Long.toHexString(modified) + "-" + Long.toHexString(size);
    }

    boolean isUnchanged() {
        try {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.size() == size && now.lastModifiedTime().toMillis() == modified;
        } catch (IOException e) {
            return false;
        }
    }
}
