package dev.johwa.main;

import dev.johwa.door.api.Examination;
import dev.johwa.lib.db.StatePlace;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// `johwa doctor --deep --data DIR`: looks through a data folder in which no platform works.
final class DeepLook {
    private DeepLook() {}

    /// @throws ProblemException when there is no such folder, or a platform works in it
    static Examination atRest(Path folder, Consumer<String> told) {
        if (!StatePlace.of(folder).exists()) {
            throw Problem.user("data.unknown", "no platform has worked in " + folder)
                    .hint("name its folder: johwa doctor --deep --data DIR")
                    .exception();
        }
        try (var _ = lock(folder);
                var platform = new AtRest(folder, Main.surroundings())) {
            return platform.examine(told::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("run"));
        try {
            return FolderLock.take(folder.resolve("run"));
        } catch (ProblemException e) {
            throw new ProblemException(
                    Problem.user("doctor.working", "a platform works in " + folder)
                            .hint("leave --data out: `johwa doctor --deep` asks it to look itself"),
                    e);
        }
    }
}
