package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// A copy of a folder, and whether the folder stayed as it was while it was copied. A copy, since a file with two names
/// would be written into by the runs of both. Symbolic links are copied as they are. Used once.
final class TreeCopy {
    private static final String OF_FOLDERS = "unix:uid,gid,permissions,lastModifiedTime";

    private final Path from;
    private final Path to;
    private final Cancel cancel;

    private TreeCopy(Path from, Path to, Cancel cancel) {
        this.from = from;
        this.to = to;
        this.cancel = cancel;
    }

    /// Copies a folder that others may use meanwhile, with times, rights and owners, on all processors.
    ///
    /// @return whether nobody changed it meanwhile; else nothing is there
    /// @throws dev.johwa.lib.problem.ProblemException once cancelled: nothing is there either
    static boolean make(Path from, Path to, Cancel cancel) {
        try {
            if (new TreeCopy(from, to, cancel).make()) {
                return true;
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody took away what was being copied.
        }
        Trees.delete(to);
        cancel.check();
        return false;
    }

    private boolean make() throws IOException {
        var before = look();
        Files.createDirectories(to.resolve("..").normalize());
        var folders = new ArrayList<Path>();
        var files = new ArrayList<Path>();
        for (var each : before.keySet()) {
            if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(goal(each));
                folders.add(each);
            } else {
                files.add(each);
            }
        }
        files.parallelStream().forEach(this::place);
        if (cancel.isCancelled()) {
            return false;
        }
        // Last and from below: a folder may be closed, and each file that comes makes it younger.
        for (var each : folders.reversed()) {
            finish(each);
        }
        return look().equals(before);
    }

    /// Everything with the time of its last change, folders before what they hold.
    private Map<Path, FileTime> look() throws IOException {
        var seen = new LinkedHashMap<Path, FileTime>();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (cancel.isCancelled()) {
                    return FileVisitResult.TERMINATE;
                }
                seen.put(file, (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS));
                return FileVisitResult.CONTINUE;
            }
        });
        return seen;
    }

    private void place(Path file) {
        if (cancel.isCancelled()) {
            return;
        }
        try {
            copy(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path each) throws IOException {
        Files.copy(each, goal(each), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private Path goal(Path each) {
        return to.resolve(from.relativize(each).toString());
    }

    private void finish(Path folder) throws IOException {
        var goal = goal(folder);
        var wanted = Files.readAttributes(folder, OF_FOLDERS, LinkOption.NOFOLLOW_LINKS);
        var made = Files.readAttributes(goal, OF_FOLDERS, LinkOption.NOFOLLOW_LINKS);
        for (var attribute : wanted.entrySet()) {
            if (!attribute.getValue().equals(made.get(attribute.getKey()))) {
                Files.setAttribute(goal, "unix:" + attribute.getKey(), attribute.getValue());
            }
        }
    }
}
