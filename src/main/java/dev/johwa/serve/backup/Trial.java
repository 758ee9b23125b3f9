package dev.johwa.serve.backup;

import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Brings the newest backup back into a folder that is thrown away, and opens the database that came.
final class Trial {
    private static final String FOLDER = "trial";

    private final Places places;
    private final Path desk;

    Trial(Places places, Path desk) {
        this.places = places;
        this.desk = desk;
    }

    /// @throws ProblemException when it does not come back whole
    Made run(String where, Keys keys) {
        clear(desk);
        // Within a folder of its own, so that a try that fails leaves nothing beside it.
        var folder = desk.resolve(FOLDER).resolve("data");
        try {
            Files.createDirectories(folder);
            var made = new Restore(places, line -> {}, brought -> {}).restore(where, Optional.empty(), folder, keys);
            try (var database = StatePlace.of(folder).openBroughtBack()) {
                var damage = database.damage();
                if (!damage.isEmpty()) {
                    throw Problem.resource("backup.database", "the database that came back is damaged: " + damage)
                            .hint("make another backup and look at the disk")
                            .exception();
                }
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            clear(desk);
        }
    }

    /// Takes away what a trial left that was cut off: it is as large as the platform.
    static void clear(Path desk) {
        Trees.delete(desk.resolve(FOLDER));
    }
}
