package dev.johwa.serve.backup;

import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
                Whole.writeDurably(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII), "rw-r--r--");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
