package dev.johwa.serve.router;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What lies in the run folder: private sockets, who serves, and the last table.
final class EdgeFiles {
    private final Path run;

    EdgeFiles(Path run) {
        this.run = run;
    }

    /// Who serves, written once it answers.
    record State(long pid, String address, long startedAtMillis) {}

    /// Where the edge takes questions.
    Path control() {
        return run.resolve("edge.sock");
    }

    /// Where the edge gives its listening socket to the next control plane.
    Path edgeGives() {
        return run.resolve("edge-fd.sock");
    }

    /// Where the control plane gives the listening socket to the next edge.
    Path controlGives() {
        return run.resolve("listen.sock");
    }

    /// Compressed copies of files of sites.
    Path compressed() {
        return run.resolve("compressed");
    }

    private Path state() {
        return run.resolve("edge.json");
    }

    private Path table() {
        return run.resolve("table.json");
    }

    /// The edge that runs, by its file and its process.
    Optional<State> running() {
        try {
            if (!Files.exists(state())) {
                return Optional.empty();
            }
            var found = Json.read(Files.readAllBytes(state()), State.class);
            return Detached.isAlive(found.pid()) && Files.exists(control()) ? Optional.of(found) : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    /// The last table, when there is a readable one.
    Optional<RoutingTable> readTable() {
        try {
            return Files.exists(table())
                    ? Optional.of(Json.read(Files.readAllBytes(table()), Wire.Table.class)
                            .table())
                    : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    void write(State state) throws IOException {
        replace(state(), Json.bytes(state));
    }

    void write(Wire.Table table) throws IOException {
        replace(table(), Json.bytes(table));
    }

    /// Whole or not at all.
    private static void replace(Path file, byte[] bytes) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Forgets who serves.
    void forget() {
        try {
            Files.deleteIfExists(state());
            Files.deleteIfExists(control());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
