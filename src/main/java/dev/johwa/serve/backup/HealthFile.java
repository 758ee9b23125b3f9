package dev.johwa.serve.backup;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            Whole.write(file, Json.bytes(changed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed;
    }
}
