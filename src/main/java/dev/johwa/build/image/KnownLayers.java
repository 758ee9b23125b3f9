package dev.johwa.build.image;

import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/// Remembers which files became which layer, so that files that did not change are neither compressed nor, where their
/// file system tells that they are untouched, read again. Only a memory: any entry may be lost at any time.
final class KnownLayers {
    private final Path folder;

    KnownLayers(Path folder) {
        this.folder = folder;
    }

    /// @param content digest of the tar before it was compressed
    record Known(Digest blob, Digest content) {}

    /// @param key fingerprint of a scan
    Optional<Known> find(String key) {
        try {
            var words = Files.readString(folder.resolve(key), StandardCharsets.US_ASCII)
                    .split(" ", -1);
            boolean whole = words.length == 2 && Digest.isDigest(words[0]) && Digest.isDigest(words[1]);
            return whole ? Optional.of(new Known(new Digest(words[0]), new Digest(words[1]))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void remember(String key, Known known) throws IOException {
        Files.createDirectories(folder);
        var temporary = Files.createTempFile(folder, "new", "");
        try {
            Files.writeString(temporary, known.blob() + " " + known.content(), StandardCharsets.US_ASCII);
            Files.move(temporary, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void forgetOlder(Instant than) {
        for (var entry : Trees.children(folder)) {
            if (Trees.modifiedAt(entry) < than.toEpochMilli()) {
                Trees.delete(entry);
            }
        }
    }
}
