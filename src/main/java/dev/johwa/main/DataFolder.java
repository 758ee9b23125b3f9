package dev.johwa.main;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.backup.Restore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The folder of the platform, made ready before anything opens in it.
final class DataFolder {
    private DataFolder() {}

    /// Makes what is missing, and closes to other accounts what only the platform reads: steps and apps may run as
    /// such, and see the folder where there is no sandbox.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when a restore into it was cut off: it could not go on in a
    /// folder
    /// with something in it
    static void prepare(Settings settings) {
        requireNoRestore(settings.data());
        requireNoFile(settings.data());
        try {
            for (var folder : List.of(settings.data(), settings.run(), settings.logs(), settings.apps())) {
                Trees.hideNames(Files.createDirectories(folder));
            }
            for (var name : List.of("git", "blobs", "logs", "edge")) {
                close(Files.createDirectories(settings.data().resolve(name)), "rwx------");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireNoRestore(Path data) {
        var growing = Restore.underWay(data);
        if (growing.isPresent() && Trees.children(data).isEmpty()) {
            throw Problem.user("restore.unfinished", "a restore into " + data + " was not ended")
                    .hint("say `johwa restore` again, it goes on where it was; to begin with nothing instead, delete "
                            + growing.get())
                    .exception();
        }
    }

    private static void requireNoFile(Path data) {
        if (Files.exists(data) && !Files.isDirectory(data)) {
            throw Problem.user("data.file", data + " is a file, and no folder for the platform's data")
                    .hint("name another one: johwa up --data DIR")
                    .exception();
        }
    }

    private static void close(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
