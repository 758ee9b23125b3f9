package dev.johwa.source.git;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Writes the files of a commit into a folder, straight from the object database.
final class Checkout {
    private final Repository repository;
    private final Optional<NativeGit> git;
    private final Path folder;

    Checkout(Repository repository, Optional<NativeGit> git, Path folder) {
        this.repository = repository;
        this.git = git;
        this.folder = folder;
    }

    void write(ObjectId commit) {
        try (var reader = repository.newObjectReader();
                var revisions = new RevWalk(reader);
                var tree = new TreeWalk(reader)) {
            tree.addTree(revisions.parseCommit(commit).getTree());
            while (tree.next()) {
                write(tree, reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(TreeWalk tree, ObjectReader reader) throws IOException {
        var place = place(tree.getPathString());
        var mode = tree.getFileMode(0);
        if (mode == FileMode.TREE) {
            Files.createDirectories(place);
            tree.enterSubtree();
            return;
        }
        if (mode == FileMode.GITLINK) {
            Files.createDirectories(place);
            return;
        }
        var id = tree.getObjectId(0);
        if (mode == FileMode.SYMLINK) {
            link(place, new String(reader.open(id).getBytes(), StandardCharsets.UTF_8), tree.getPathString());
            return;
        }
        try (var out = new BufferedOutputStream(Files.newOutputStream(place))) {
            copy(id, reader, out);
        }
        if (mode == FileMode.EXECUTABLE_FILE) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// JGit holds both ends of a stored difference in memory, which the machine's git does in its own.
    private void copy(ObjectId id, ObjectReader reader, OutputStream out) throws IOException {
        if (git.isPresent() && reader.getObjectSize(id, Constants.OBJ_BLOB) >= BareRepository.STREAMED) {
            git.get().copyFile(repository.getDirectory().toPath(), id.name(), out);
        } else {
            reader.open(id).copyTo(out);
        }
    }

    private Path place(String path) {
        Path place;
        try {
            place = folder.resolve(path).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw Problem.user("checkout.name", "the file name '" + path + "' cannot be written on this server")
                    .exception();
        }
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw Problem.user("checkout.escape", "the path '" + path + "' leaves the repository")
                    .exception();
        }
        return place;
    }

    private void link(Path place, String goal, String path) throws IOException {
        var target = java.util.Objects.requireNonNull(place.getParent())
                .resolve(goal)
                .normalize();
        if (goal.startsWith("/") || !target.startsWith(folder)) {
            throw Problem.user("checkout.link", "the symbolic link points out of the repository, to " + goal)
                    .at(Place.of(path))
                    .hint("make it point to a file of the repository, or remove it")
                    .exception();
        }
        Files.createSymbolicLink(place, Path.of(goal));
    }
}
