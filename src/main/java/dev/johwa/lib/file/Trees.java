package dev.johwa.lib.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whole folders, also while others change them: deleting, counting, and handing them to an account. Symbolic links are
/// never followed, and what vanishes meanwhile is passed over.
public final class Trees {
    private static final Logger LOG = LoggerFactory.getLogger(Trees.class);
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwx------");

    private Trees() {}

    /// Deletes a file, a link, or a folder with all it holds; nothing happens when it is not there. Folders that a
    /// program closed are opened first: Go's folder of modules cannot be written, and a test may close anything.
    ///
    /// @throws UncheckedIOException when something stays
    public static void delete(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            walk(folder, new Deleting());
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
            try {
                if (!Files.isWritable(visited) || !Files.isExecutable(visited)) {
                    Files.setPosixFilePermissions(visited, OPEN);
                }
                return FileVisitResult.CONTINUE;
            } catch (NoSuchFileException e) {
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return FileVisitResult.CONTINUE;
            }
            if (Files.isReadable(file) || !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw failure;
            }
            Files.setPosixFilePermissions(file, OPEN);
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }

    /// Bytes of all files below a folder, 0 when there is none.
    public static long size(Path folder) {
        return size(folder, Long.MAX_VALUE).orElseThrow();
    }

    /// The same of so many files at most; empty where there are more.
    public static OptionalLong size(Path folder, long most) {
        var total = new long[2];
        walk(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                total[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return ++total[1] > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return total[1] > most ? OptionalLong.empty() : OptionalLong.of(total[0]);
    }

    /// Makes an account the owner of a folder and all it holds; 0 leaves everything as it is. A folder below that is
    /// the account's is left with all it holds, and a file with several names may be another's too and stays whose
    /// it is.
    public static void own(Path folder, int account) {
        if (account == 0) {
            return;
        }
        walk(folder, new Owning(folder, account));
    }

    private static final class Owning extends SimpleFileVisitor<Path> {
        private final Path top;
        private final int account;

        Owning(Path top, int account) {
            this.top = top;
            this.account = account;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
            return visitFile(visited, attributes);
        }

        @Override
        public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
            try {
                if (attributes.isDirectory() && !each.equals(top) && number(each, "uid") == account) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!attributes.isRegularFile() || number(each, "nlink") == 1) {
                    give(each, account);
                }
                return FileVisitResult.CONTINUE;
            } catch (NoSuchFileException e) {
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path each, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private static void give(Path path, int account) throws IOException {
        Files.setAttribute(path, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", account, LinkOption.NOFOLLOW_LINKS);
    }

    /// Takes from other accounts the list of what lies in a folder: who knows a name gets on, where that is open. A
    /// folder that is another's stays as its owner wants it.
    public static void hideNames(Path folder) {
        try {
            var permissions = new HashSet<>(Files.getPosixFilePermissions(folder));
            if (permissions.removeAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE))) {
                Files.setPosixFilePermissions(folder, permissions);
            }
        } catch (FileSystemException e) {
            LOG.debug("{} stays open: {}", folder, e.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a place is there and its real path lies in the folder: a link on the way to it may lead elsewhere.
    public static boolean holds(Path folder, String place) {
        try {
            return folder.resolve(place).toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /// What lies in a folder, in no order; nothing when there is no such folder.
    public static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var children = Files.list(folder)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// When a file or folder was last changed, in milliseconds; the far future when it is gone meanwhile.
    public static long modifiedAt(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (NoSuchFileException e) {
            return Long.MAX_VALUE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void walk(Path folder, SimpleFileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
