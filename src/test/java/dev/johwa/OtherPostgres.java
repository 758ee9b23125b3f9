package dev.johwa;

import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// PostgreSQL 17 beside that of the machine. The archive has no clients; those of the machine are linked in their
/// places, which understand a newer server in all but dumps.
public final class OtherPostgres {
    public static final String VERSION = "17";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Path FOLDER = Path.of("target/other-postgres/17.11").toAbsolutePath();
    private static final Path MACHINE = Path.of("/usr/lib/postgresql");

    private OtherPostgres() {}

    /// Puts it where the servers of a folder look for programs that people give them.
    ///
    /// @param servers folder of all servers
    public static void giveTo(Path servers) {
        try {
            unpack();
            var place = Files.createDirectories(servers.resolve("programs/postgres"));
            Files.createSymbolicLink(place.resolve(VERSION), FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes it away again.
    public static void takeFrom(Path servers) throws IOException {
        Files.delete(servers.resolve("programs/postgres").resolve(VERSION));
    }

    /// Once for all tests.
    private static synchronized void unpack() throws IOException {
        if (Files.exists(FOLDER)) {
            return;
        }
        Files.createDirectories(FOLDER.getParent());
        var part = Files.createTempDirectory(FOLDER.getParent(), "part");
        var archive = part.resolve("archive.txz");
        try (var in = OtherPostgres.class.getResourceAsStream(ARCHIVE)) {
            Files.copy(Objects.requireNonNull(in, ARCHIVE), archive);
        }
        run(List.of("tar", "--no-same-owner", "--exclude=*.a", "-xJf", archive.toString(), "-C", part.toString()));
        Files.delete(archive);
        try (var versions = Files.list(MACHINE)) {
            var bin = versions.map(each -> each.resolve("bin"))
                    .filter(each -> Files.isExecutable(each.resolve("psql")))
                    .findFirst()
                    .orElseThrow();
            for (var client : List.of("psql", "pg_dump", "pg_restore")) {
                Files.createSymbolicLink(part.resolve("bin").resolve(client), bin.resolve(client));
            }
        }
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(part, FOLDER, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Trees.delete(part);
            // Another process of tests may have been quicker.
            if (!Files.exists(FOLDER)) {
                throw e;
            }
        }
    }

    private static void run(List<String> argv) throws IOException {
        var process = new ProcessBuilder(argv).inheritIO().start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(argv + " failed; is xz installed?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
