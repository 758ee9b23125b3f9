package dev.johwa.lib.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that others read all of or nothing of, however abruptly the writer ends. One writer a file at a time.
public final class Whole {
    private static final String PART = ".part";

    private Whole() {}

    /// Writes a file in place of what was there; its folder exists.
    ///
    /// @throws IOException when it could not be written: what was there stays
    public static Path write(Path file, byte[] bytes) throws IOException {
        return write(file, bytes, "rw-r--r--");
    }

    /// The same, never seen with other rights than these, as `ls` shows them.
    public static Path write(Path file, byte[] bytes, String rights) throws IOException {
        var part = part(file, bytes, rights);
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The same for what must be there after a loss of power: it is on the disk when this returns.
    public static Path writeDurably(Path file, byte[] bytes, String rights) throws IOException {
        var part = part(file, bytes, rights);
        try (var written = FileChannel.open(part, StandardOpenOption.WRITE);
                var folder =
                        FileChannel.open(part.toAbsolutePath().resolve("..").normalize())) {
            written.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            folder.force(true);
        }
        return file;
    }

    /// Deletes what writers that ended in the middle left in a folder, in which nobody writes meanwhile.
    ///
    /// @throws java.io.UncheckedIOException when something stays
    public static void clear(Path folder) {
        Trees.children(folder).stream().filter(Whole::isPart).forEach(Trees::delete);
    }

    /// Whether a file is what a writer has not ended yet.
    public static boolean isPart(Path file) {
        return file.getFileName().toString().endsWith(PART);
    }

    private static Path part(Path file, byte[] bytes, String rights) throws IOException {
        var part = file.resolveSibling(file.getFileName() + PART);
        Files.deleteIfExists(part);
        var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.write(Files.createFile(part, ours), bytes);
        return Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(rights));
    }
}
