package dev.johwa.serve.router;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Records;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one edge process has for itself, so that two can be there while one takes over from the other: the folder of
/// its private sockets, and of the file that says who it is.
record Seat(Path folder) {
    /// How far it is. One that waits takes questions and no connections.
    enum Phase {
        WAITING,
        SERVING,
        LEAVING
    }

    /// Who it is, written once it takes questions.
    ///
    /// @param tls where it answers TLS, null when it does not
    /// @param program which it runs; null: one from before edges could leave
    /// @param phase name of a [Phase]; null: serving
    record State(
            long pid,
            String address,
            @Nullable String tls,
            long startedAtMillis,
            @Nullable String program,
            @Nullable String phase) {
        boolean is(Phase wanted) {
            return wanted.name().equals(phase == null ? Phase.SERVING.name() : phase);
        }

        boolean canLeave() {
            return program != null;
        }

        State in(Phase next) {
            return new State(pid, address, tls, startedAtMillis, program, next.name());
        }
    }

    /// Where it takes questions.
    Path control() {
        return folder.resolve("edge.sock");
    }

    /// Where it gives the socket for HTTP to a control plane.
    Path gives() {
        return folder.resolve("edge-fd.sock");
    }

    /// Where it gives the socket for TLS to a control plane.
    Path givesTls() {
        return folder.resolve("edge-tls-fd.sock");
    }

    private Path file() {
        return folder.resolve("edge.json");
    }

    void write(State state) throws IOException {
        Whole.write(file(), Records.bytes(state));
    }

    /// The edge that is here, by its file and its process.
    Optional<State> state() {
        try {
            if (!Files.exists(file())) {
                return Optional.empty();
            }
            var found = Records.read(Files.readAllBytes(file()), State.class);
            return Detached.isAlive(found.pid()) && Files.exists(control()) ? Optional.of(found) : Optional.empty();
        } catch (IOException | ProblemException e) {
            return Optional.empty();
        }
    }

    /// Nobody is here any more.
    ///
    /// @param run what other edges have too
    void clear(Path run) {
        try {
            if (!folder.equals(run)) {
                Trees.delete(folder);
                return;
            }
            Files.deleteIfExists(file());
            Files.deleteIfExists(control());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
