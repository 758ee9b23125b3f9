package dev.johwa.main;

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
    static void prepare(Settings settings) {
        try {
            for (var folder : List.of(settings.data(), settings.run(), settings.logs(), settings.apps())) {
                Files.createDirectories(folder);
            }
            for (var name : List.of("git", "blobs", "logs", "edge")) {
                close(Files.createDirectories(settings.data().resolve(name)), "rwx------");
            }
            if (!Files.exists(settings.database())) {
                Files.createFile(settings.database());
            }
            close(settings.database(), "rw-------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
