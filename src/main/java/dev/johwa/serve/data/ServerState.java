package dev.johwa.serve.data;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What is written to the file `state` in the folder of a server: before it starts, and once more after.
///
/// @param pid 0 until it was started
/// @param run folder of its output
record ServerState(int port, long pid, long startTicks, String run, String group, Instant startedAt) {
    /// Of the server that has this folder, when it was ever started.
    static Optional<ServerState> of(Path folder) {
        try {
            var file = folder.resolve("state");
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), ServerState.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Killed in the middle, all of the old or all of the new is there.
    void keep(Path folder) {
        try {
            Whole.writeDurably(folder.resolve("state"), Json.bytes(this), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerState started(Running running) {
        return new ServerState(port, running.pid(), running.startTicks(), run, running.group(), running.startedAt());
    }

    Running running() {
        return new Running(pid, startTicks, Path.of(run), group, "127.0.0.1", startedAt);
    }
}
