package dev.johwa.serve.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// Which platform it is: a name that nobody chose, made once, kept when it is brought back elsewhere.
final class Identity {
    private final Path file;

    Identity(Path file) {
        this.file = file;
    }

    String id() {
        try {
            if (!Files.exists(file)) {
                var part = file.resolveSibling(file.getFileName() + ".part");
                Files.writeString(part, UUID.randomUUID().toString());
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
