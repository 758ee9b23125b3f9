package dev.johwa.serve.router;

import dev.johwa.lib.json.Records;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lies in the run folder: private sockets, who serves, and the last table.
final class EdgeFiles {
    private final Path run;

    EdgeFiles(Path run) {
        this.run = run;
    }

    /// Who serves, written once it answers.
    ///
    /// @param tls where it answers TLS, null when it does not
    record State(long pid, String address, @Nullable String tls, long startedAtMillis) {}

    /// The way of a listening socket between control planes and edges.
    ///
    /// @param edgeGives where the edge gives it to the next control plane
    /// @param controlGives where the control plane gives it to the next edge
    record Passage(Path edgeGives, Path controlGives) {}

    /// Where the edge takes questions.
    Path control() {
        return run.resolve("edge.sock");
    }

    /// Of the socket for HTTP.
    Passage plain() {
        return new Passage(run.resolve("edge-fd.sock"), run.resolve("listen.sock"));
    }

    /// Of the socket for TLS.
    Passage tls() {
        return new Passage(run.resolve("edge-tls-fd.sock"), run.resolve("listen-tls.sock"));
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
            var found = Records.read(Files.readAllBytes(state()), State.class);
            return Detached.isAlive(found.pid()) && Files.exists(control()) ? Optional.of(found) : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    /// The last table, when there is a readable one.
    Optional<RoutingTable> readTable() {
        try {
            return Files.exists(table())
                    ? Optional.of(Records.read(Files.readAllBytes(table()), Wire.Table.class)
                            .table())
                    : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    void write(State state) throws IOException {
        replace(state(), Records.bytes(state), PosixFilePermissions.fromString("rw-r--r--"));
    }

    /// For our eyes only: it has the keys of what is guarded.
    void write(Wire.Table table) throws IOException {
        replace(table(), Records.bytes(table), PosixFilePermissions.fromString("rw-------"));
    }

    /// Whole or not at all.
    private static void replace(Path file, byte[] bytes, Set<PosixFilePermission> rights) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(rights));
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
