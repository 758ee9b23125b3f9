package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A backup that was begun and is not whole: it is being made, failed, or was cut off.
///
/// @param name that it was to have
/// @param where it is written to
public record Unfinished(String name, String where) {
    private static final String FILE = "run/backup/unfinished";

    /// Of a platform, when there is one.
    ///
    /// @param data the data folder
    public static Optional<Unfinished> at(Path data) {
        try {
            var file = data.resolve(FILE);
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readAllBytes(file), Unfinished.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ProblemException e) {
            // Cut off itself, by a loss of power: which one it was nobody knows.
            return Optional.empty();
        }
    }

    void keep(Path data) {
        try {
            Whole.write(data.resolve(FILE), Json.bytes(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void forget(Path data) {
        Trees.delete(data.resolve(FILE));
    }
}
