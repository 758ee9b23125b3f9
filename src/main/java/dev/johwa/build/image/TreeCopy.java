package dev.johwa.build.image;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Copies the files of a layer into a folder that may hold those of other layers, on all processors. Symbolic links are
/// copied as they are, never followed.
final class TreeCopy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;
    private final int account;
    private final Predicate<Path> isShared;
    private final List<Path> files = new ArrayList<>();

    /// @param account who owns what is made, 0 for the server's own
    /// @param isShared which files, by path below the layer, get one more name instead of a copy
    private TreeCopy(Path from, Path to, int account, Predicate<Path> isShared) {
        this.from = from;
        this.to = to;
        this.account = account;
        this.isShared = isShared;
    }

    static void copy(Path from, Path to, int account, Predicate<Path> isShared) throws IOException {
        var copy = new TreeCopy(from, to, account, isShared);
        Files.walkFileTree(from, copy);
        try {
            copy.files.parallelStream().forEach(copy::place);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        var place = to.resolve(from.relativize(folder));
        try {
            Files.createDirectory(place);
            own(place);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw clash(place);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(file);
        return FileVisitResult.CONTINUE;
    }

    private void place(Path file) {
        var below = from.relativize(file);
        var place = to.resolve(below);
        try {
            if (!isShared.test(below) || !link(file, place)) {
                Files.copy(file, place, LinkOption.NOFOLLOW_LINKS);
                own(place);
            }
        } catch (FileAlreadyExistsException e) {
            throw clash(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A symbolic link holds nothing worth sharing; a file can have only so many names, and none on another disk.
    private static boolean link(Path file, Path place) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return false;
        }
        try {
            Files.createLink(place, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void own(Path place) throws IOException {
        if (account != 0) {
            Files.setAttribute(place, "unix:gid", account, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(place, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static RuntimeException clash(Path place) {
        return Problem.user("artifact.clash", "two layers of the artifact both hold '" + place.getFileName() + "'")
                .hint("push again to build it anew")
                .exception();
    }
}
