package dev.johwa.main;

import dev.johwa.lib.db.SqliteLibrary;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.process.Detached;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where native parts of libraries are unpacked, as the database's. They go when the process ends by itself; after a
/// kill a megabyte stays each time, in a place where nobody would look for it. So it lies in the data folder, in a
/// folder of this process, and the next start clears those of others that are gone.
final class NativePart {
    private static final String PLACE = "org.sqlite.tmpdir";
    private static final String PLACE_OF_ZSTD = "ZstdTempFolder";

    private NativePart() {}

    /// To be called before the first use of a database.
    static void unpackBelow(Path run) {
        var all = run.resolve("native");
        try {
            var own = all.resolve(String.valueOf(ProcessHandle.current().pid()));
            // Of an earlier process of the same number, as in a container.
            Trees.delete(own);
            Files.createDirectories(own);
            for (var each : Trees.children(all)) {
                if (!each.equals(own) && !isAlive(each)) {
                    Trees.delete(each);
                }
            }
            if (System.getProperty(PLACE) == null && mayRun(own)) {
                System.setProperty(PLACE, own.toString());
                System.setProperty(PLACE_OF_ZSTD, own.toString());
                SqliteLibrary.unpackTo(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(Path folder) {
        var name = folder.getFileName().toString();
        return name.matches("\\d{1,9}") && Detached.isAlive(Long.parseLong(name));
    }

    /// Nothing can be loaded from a disk that is mounted with `noexec`.
    private static boolean mayRun(Path folder) throws IOException {
        var probe = folder.resolve("probe");
        try {
            Files.createFile(probe, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return Files.isExecutable(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
