package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.ContainerSpec.Mount;
import dev.johwa.source.detect.ContainerRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Secrets as files: they lie in the folder of their instance and go with it, and no description of a container shows
/// them.
final class SecretFiles {
    private SecretFiles() {}

    /// Writes them.
    ///
    /// @param folder of the instance
    static List<Mount> mounts(Path folder, ContainerRun run) {
        var mounts = new ArrayList<Mount>();
        run.hidden().files().forEach((path, secret) -> {
            var file = folder.resolve("secrets").resolve(String.valueOf(mounts.size()));
            write(file, secret);
            mounts.add(Mount.folder(file.toAbsolutePath().toString(), path, true));
        });
        return List.copyOf(mounts);
    }

    /// Whoever the container's program is may read them; nobody else gets into the folder.
    private static void write(Path file, String secret) {
        try {
            Files.createDirectories(
                    file.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(file, secret);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
