package dev.johwa.serve.backup;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A folder, perhaps of another disk.
final class FolderPlace implements Place {
    static final String UNWRITABLE = "backup.unwritable";

    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");
    private static final String PART = ".part";

    private final Path folder;
    private final AtomicLong parts = new AtomicLong();

    FolderPlace(Path folder) {
        this.folder = folder;
    }

    @Override
    public Map<String, Long> list(String below) {
        var found = new HashMap<String, Long>();
        collect(folder.resolve(below), below, found);
        return found;
    }

    private static void collect(Path folder, String name, Map<String, Long> found) {
        for (var each : Trees.children(folder)) {
            var inner = name + "/" + each.getFileName();
            if (Files.isDirectory(each)) {
                collect(each, inner, found);
            } else if (!inner.endsWith(PART)) {
                found.put(inner, Trees.size(each));
            }
        }
    }

    @Override
    public byte[] read(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            throw Problems.missing(name, this, e);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.resource("backup.unreadable", name + " of " + this + " cannot be read: " + e.getMessage())
                            .hint("look at the disk of that folder"),
                    e);
        }
    }

    @Override
    public void write(String name, byte[] bytes) {
        var goal = folder.resolve(name);
        var shelf = goal.resolveSibling("");
        var part = shelf.resolve(
                goal.getFileName() + "." + ProcessHandle.current().pid() + "-" + parts.incrementAndGet() + PART);
        try {
            makeFolder(shelf);
            try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(part, goal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(shelf);
        } catch (IOException e) {
            throw unwritable(e);
        } finally {
            Trees.delete(part);
        }
    }

    private void makeFolder(Path shelf) throws IOException {
        if (!Files.isDirectory(shelf)) {
            Files.createDirectories(shelf, PosixFilePermissions.asFileAttribute(OURS));
        }
    }

    private static void sync(Path shelf) throws IOException {
        try (var channel = FileChannel.open(shelf, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private ProblemException unwritable(IOException e) {
        return new ProblemException(
                Problem.resource(UNWRITABLE, this + " cannot be written: " + e.getMessage())
                        .hint("look at the free space and the permissions of that folder;"
                                + " earlier backups in it are as they were"),
                e);
    }

    @Override
    public void delete(String name) {
        Trees.delete(folder.resolve(name));
    }

    /// Ends with the process that holds it. What a process that was killed left half written goes.
    @Override
    public BackupPorts.Held lock() {
        try {
            makeFolder(folder);
            var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw busy();
            }
            sweep(folder);
            return () -> close(channel);
        } catch (OverlappingFileLockException e) {
            throw busy();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    @Override
    public boolean isLocked() {
        return true;
    }

    private void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ProblemException busy() {
        return Problem.user("backup.busy", "another backup is being written to " + this)
                .hint("wait until it is over")
                .exception();
    }

    private static void sweep(Path folder) {
        for (var each : Trees.children(folder)) {
            if (Files.isDirectory(each)) {
                sweep(each);
            } else if (each.toString().endsWith(PART)) {
                Trees.delete(each);
            }
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
