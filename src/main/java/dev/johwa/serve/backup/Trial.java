package dev.johwa.serve.backup;

import dev.johwa.lib.db.Database;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Brings the newest backup back into a folder that is thrown away, and opens the database that came.
final class Trial {
    private final Places places;
    private final Path desk;

    Trial(Places places, Path desk) {
        this.places = places;
        this.desk = desk;
    }

    /// @throws ProblemException when it does not come back whole
    Made run(String where, Keys keys) {
        var folder = desk.resolve("trial");
        Trees.delete(folder);
        try {
            var made = new Restore(places, line -> {}, brought -> {}).restore(where, Optional.empty(), folder, keys);
            try (var database = Database.open(folder.resolve("johwa.db"), List.of("db/migration"))) {
                var verdict = database.read(handle -> handle.createQuery("pragma integrity_check")
                        .mapTo(String.class)
                        .list());
                if (!verdict.equals(List.of("ok"))) {
                    throw Problem.resource("backup.database", "the database that came back is damaged: " + verdict)
                            .hint("make another backup and look at the disk")
                            .exception();
                }
            }
            return made;
        } finally {
            Trees.delete(folder);
        }
    }
}
