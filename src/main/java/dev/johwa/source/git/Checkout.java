package dev.johwa.source.git;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Writes the files of a commit into an empty folder, straight from the object database. Used once.
final class Checkout {
    private final Repository repository;
    private final Optional<NativeGit> git;
    private final Path folder;
    private final List<String> submodules = new ArrayList<>();

    Checkout(Repository repository, Optional<NativeGit> git, Path folder) {
        this.repository = repository;
        this.git = git;
        this.folder = folder;
    }

    /// @return the places of submodules, which stay empty
    List<String> write(ObjectId commit) {
        try (var reader = repository.newObjectReader();
                var revisions = new RevWalk(reader);
                var tree = new TreeWalk(reader)) {
            tree.addTree(revisions.parseCommit(commit).getTree());
            while (tree.next()) {
                write(tree, reader);
            }
            return List.copyOf(submodules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(TreeWalk tree, ObjectReader reader) throws IOException {
        var place = place(tree);
        var mode = tree.getFileMode(0);
        if (mode == FileMode.TREE) {
            Files.createDirectories(place);
            tree.enterSubtree();
            return;
        }
        if (mode == FileMode.GITLINK) {
            Files.createDirectories(place);
            submodules.add(tree.getPathString());
            return;
        }
        var id = tree.getObjectId(0);
        if (mode == FileMode.SYMLINK) {
            link(place, raw(reader.open(id).getBytes()), tree.getPathString());
            return;
        }
        try (var out = new BufferedOutputStream(Files.newOutputStream(place))) {
            copy(id, reader, out);
        }
        if (mode == FileMode.EXECUTABLE_FILE) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// JGit holds both ends of a stored difference in memory, which the machine's git does in its own.
    private void copy(ObjectId id, ObjectReader reader, OutputStream out) throws IOException {
        if (git.isPresent() && reader.getObjectSize(id, Constants.OBJ_BLOB) >= BareRepository.STREAMED) {
            git.get().copyFile(repository.getDirectory().toPath(), id.name(), out);
        } else {
            reader.open(id).copyTo(out);
        }
    }

    /// Git's names are bytes, whatever the language settings of this process.
    private Path place(TreeWalk tree) {
        var place = folder.resolve(RawNames.path(raw(tree.getRawPath()))).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw Problem.user("checkout.escape", "the path '" + tree.getPathString() + "' leaves the repository")
                    .exception();
        }
        return place;
    }

    private void link(Path place, String goal, String path) throws IOException {
        var target = RawNames.path(goal);
        var end = requireNonNull(place.getParent()).resolve(target).normalize();
        if (goal.isEmpty() || target.isAbsolute() || goesBack(target) || !end.startsWith(folder)) {
            throw leaves(path, RawNames.text(goal));
        }
        Files.createSymbolicLink(place, target);
    }

    /// `a/../x` looks inside, and leads out where `a` is a link itself.
    private static boolean goesBack(Path target) {
        return count(target) != count(target.normalize());
    }

    private static long count(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .filter(Path.of("..")::equals)
                .count();
    }

    private static RuntimeException leaves(String path, String goal) {
        return Problem.user("checkout.link", "the symbolic link points out of the repository, to " + goal)
                .at(Place.of(path))
                .hint("make it point to a file of the repository, or remove it")
                .exception();
    }
}
