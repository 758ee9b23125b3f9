package dev.johwa.build.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whole folders: deleting, copying and counting them, and handing them to an account. Symbolic links are never
/// followed.
final class Trees {
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwx------");

    private Trees() {}

    /// Deletes a folder with all it holds; nothing happens when it is not there.
    static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        walk(folder, new Deleting());
    }

    /// Also what a tool closed to itself: Go's folder of modules cannot be written, and a test may close anything.
    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
            if (!Files.isWritable(visited)) {
                Files.setPosixFilePermissions(visited, OPEN);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file)) {
                Files.setPosixFilePermissions(file, OPEN);
                delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }

    /// Makes an account the owner of a folder and all it holds; 0 leaves everything as it is.
    static void own(Path folder, int account) {
        if (account == 0) {
            return;
        }
        walk(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (!visited.equals(folder) && owner(visited) == account) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                change(visited, account);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                change(file, account);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void change(Path path, int account) throws IOException {
        Files.setAttribute(path, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", account, LinkOption.NOFOLLOW_LINKS);
    }

    /// Bytes of all files below; what vanishes meanwhile does not count.
    static long size(Path folder) {
        var total = new long[1];
        if (Files.isDirectory(folder)) {
            walk(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    total[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return total[0];
    }

    /// Copies a folder that others may use meanwhile, with times, rights and owners, on all processors.
    ///
    /// @return whether nobody changed it meanwhile; else nothing is there
    static boolean copyUntouched(Path from, Path to) {
        try {
            var copy = new TreeCopy(from, to);
            if (copy.make()) {
                return true;
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody took away what was being copied.
        }
        delete(to);
        return false;
    }

    static void walk(Path folder, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
