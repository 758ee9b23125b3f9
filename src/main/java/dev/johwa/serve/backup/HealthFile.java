package dev.johwa.serve.backup;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/// Keeps how backups went. Not in the database: a backup would make the next one differ.
final class HealthFile {
    private final Path file;

    HealthFile(Path file) {
        this.file = file;
    }

    synchronized Health read() {
        try {
            return Files.exists(file) ? Json.read(Files.readAllBytes(file), Health.class) : Health.NEW;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Health change(UnaryOperator<Health> change) {
        var changed = change.apply(read());
        try {
            var part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, Json.bytes(changed));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }
}
