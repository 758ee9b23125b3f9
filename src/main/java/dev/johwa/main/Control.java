package dev.johwa.main;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `johwa up` leaves for commands on this machine.
///
/// @param url of the API
/// @param program which works; null: one from before it told
record Control(
        long pid,
        String url,
        String edge,
        @Nullable String tls,
        @Nullable String program) {
    static Path file(Path data) {
        return data.resolve("run/control.json");
    }

    /// Empty where no control plane works.
    static Optional<Control> read(Path data) throws IOException {
        var file = file(data);
        return Files.exists(file) ? Optional.of(Json.read(Files.readAllBytes(file), Control.class)) : Optional.empty();
    }
}
