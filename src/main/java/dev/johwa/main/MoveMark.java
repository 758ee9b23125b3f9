package dev.johwa.main;

import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.main.setup.Looked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Written in a data folder whose platform is on its way to another machine. Until it is gone for good the platform may
/// begin to work here again, which ends the move; from then on it may not: two must never work on the same data.
///
/// @param to where it goes
/// @param backup the last one made here, with nobody writing any more; empty until it is made
/// @param units of systemd that were switched off
/// @param apps what had a release when it stopped, and is to serve again on the other machine
record MoveMark(String to, String backup, boolean gone, Instant at, List<String> units, List<Looked.App> apps) {
    MoveMark {
        // One of an older program tells of none.
        apps = Optional.ofNullable(apps).orElse(List.of());
    }

    MoveMark made(String last) {
        return new MoveMark(to, last, gone, at, units, apps);
    }

    MoveMark gone(Instant when) {
        return new MoveMark(to, backup, true, when, units, apps);
    }

    private static Path file(Path data) {
        return data.resolve("moved.json");
    }

    static Optional<MoveMark> read(Path data) {
        try {
            var file = file(data);
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), MoveMark.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It is on the disk when this returns. Until the platform has stopped, one that begins takes it away again.
    void write(Path data) {
        try {
            Whole.writeDurably(file(data), Json.bytes(this), "rw-r--r--");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path data) {
        try {
            Files.deleteIfExists(file(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A control plane begins to work in the folder, whose lock it holds.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when the platform lives elsewhere
    static void enter(Path data) {
        var mark = read(data);
        if (mark.filter(MoveMark::gone).isPresent()) {
            throw Problem.user(
                            "up.moved",
                            "the platform of " + data + " moved to "
                                    + mark.get().to() + " at " + mark.get().at())
                    .hint(
                            "it works there, and two must not work on the same data; `johwa move` brings it back, and where"
                                    + " that machine is lost for good, delete " + file(data))
                    .exception();
        }
        delete(data);
    }
}
