package dev.johwa.source.git;

import static java.util.Objects.requireNonNull;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.lib.text.RawNames;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.git.CheckedOut.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// Makes a folder hold the files of a commit, straight from the object database. Used once.
final class Checkout {
    static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");
    /// Trees name each other, so that a push of a kilobyte can hold more files than there are atoms.
    static final int MOST_FILES = 250_000;
    /// Letters of all their paths.
    static final long MOST_LETTERS = 32L << 20;
    static final long MOST_BYTES = 32L << 30;
    static final long LARGEST_FILE = GitServer.LARGEST_OBJECT;
    private static final int LONGEST_LINK = 4_095;

    private final Repository repository;
    private final Optional<NativeGit> git;
    private final Path folder;
    private final int account;
    private final Cancel cancel;
    private final Map<String, Entry> written = new HashMap<>();
    private final List<String> submodules = new ArrayList<>();
    private final long most;
    private long bytes;

    Checkout(Repository repository, Optional<NativeGit> git, CheckoutPlace place) {
        this(repository, git, place, MOST_BYTES);
    }

    /// @param most bytes of all files that are written
    Checkout(Repository repository, Optional<NativeGit> git, CheckoutPlace place, long most) {
        this.most = most;
        this.repository = repository;
        this.git = git;
        this.folder = place.folder();
        this.account = place.account();
        this.cancel = place.cancel();
    }

    CheckedOut write(ObjectId commit, CheckedOut before, Set<String> spared) {
        try (var reader = repository.newObjectReader()) {
            var wanted = entries(commit, reader);
            var leftovers = new Leftovers(folder, before, wanted, spared);
            leftovers.remove();
            for (var entry : wanted.entrySet()) {
                cancel.check();
                var known = leftovers.untouched().get(entry.getKey());
                if (known != null) {
                    written.put(entry.getKey(), known);
                } else if (!leftovers.isFolder(entry.getKey())) {
                    write(entry.getKey(), entry.getValue(), reader);
                }
            }
            var gone = before.files().keySet().stream()
                    .filter(path -> !written.containsKey(path))
                    .toList();
            return new CheckedOut(written, submodules, gone, changed(before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> changed(CheckedOut before) {
        return before.files().entrySet().stream()
                .filter(entry -> {
                    var now = written.get(entry.getKey());
                    return now != null
                            && !now.isOf(entry.getValue().id(), entry.getValue().mode());
                })
                .map(entry -> RawNames.text(entry.getKey()))
                .toList();
    }

    /// Every path, folders before what they hold.
    private Map<String, Entry> entries(ObjectId commit, ObjectReader reader) throws IOException {
        var entries = new LinkedHashMap<String, Entry>();
        long letters = 0;
        try (var revisions = new RevWalk(reader);
                var tree = new TreeWalk(reader)) {
            tree.addTree(revisions.parseCommit(commit).getTree());
            while (tree.next()) {
                var mode = tree.getFileMode(0);
                letters += tree.getPathLength();
                if (entries.size() >= MOST_FILES || letters > MOST_LETTERS) {
                    throw tooMany();
                }
                entries.put(
                        raw(tree.getRawPath()), new Entry(tree.getObjectId(0).name(), mode.getBits(), ""));
                if (mode == FileMode.TREE) {
                    tree.enterSubtree();
                } else if (mode == FileMode.GITLINK) {
                    submodules.add(tree.getPathString());
                }
            }
        }
        return entries;
    }

    private static RuntimeException tooMany() {
        return Problem.user(
                        "checkout.too-many",
                        "the commit has more than " + MOST_FILES + " files and folders, or too many with long names")
                .hint("leave out of the repository what is made or fetched, such as dependencies and data")
                .exception();
    }

    private void write(String path, Entry entry, ObjectReader reader) throws IOException {
        var place = place(path);
        var id = ObjectId.fromString(entry.id());
        if (entry.mode() == FileMode.TYPE_TREE || entry.mode() == FileMode.TYPE_GITLINK) {
            Files.createDirectory(place);
            own(place);
            return;
        }
        if (entry.mode() == FileMode.TYPE_SYMLINK) {
            link(place, goal(id, reader, path), path);
        } else {
            requireRoom(reader.getObjectSize(id, Constants.OBJ_BLOB), path);
            fill(place, id, reader);
            if (entry.mode() == FileMode.EXECUTABLE_FILE.getBits()) {
                Files.setPosixFilePermissions(place, OPEN);
            }
        }
        own(place);
        written.put(path, new Entry(entry.id(), entry.mode(), CheckedOut.stamp(place)));
    }

    private void fill(Path place, ObjectId id, ObjectReader reader) throws IOException {
        // Through a link that lies there it does not write.
        var file = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = new BufferedOutputStream(cancel.guard(file))) {
            copy(id, reader, out);
        } catch (ProblemException e) {
            Files.deleteIfExists(place);
            throw e;
        }
    }

    private static String goal(ObjectId id, ObjectReader reader, String path) throws IOException {
        if (reader.getObjectSize(id, Constants.OBJ_BLOB) > LONGEST_LINK) {
            throw leaves(RawNames.text(path), "a goal longer than " + LONGEST_LINK + " bytes");
        }
        return raw(reader.open(id).getBytes());
    }

    /// A few bytes of a pack may stand for a disk full of zeros.
    private void requireRoom(long size, String path) {
        bytes += size;
        if (size > LARGEST_FILE || bytes > most) {
            throw Problem.user(
                            "checkout.too-large",
                            size > LARGEST_FILE
                                    ? "the file is larger than " + Sizes.memory(LARGEST_FILE)
                                    : "the files of the commit are larger than " + Sizes.memory(most) + " together")
                    .at(Place.of(RawNames.text(path)))
                    .hint("keep large data beside the repository, and fetch it in a step")
                    .exception();
        }
    }

    private void own(Path place) throws IOException {
        if (account != 0) {
            Files.setAttribute(place, "unix:gid", account, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(place, "unix:uid", account, LinkOption.NOFOLLOW_LINKS);
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
    private Path place(String path) {
        var place = folder.resolve(RawNames.path(path)).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw Problem.user("checkout.escape", "the path '" + RawNames.text(path) + "' leaves the repository")
                    .exception();
        }
        return place;
    }

    private void link(Path place, String goal, String path) throws IOException {
        var target = RawNames.path(goal);
        var end = requireNonNull(place.getParent()).resolve(target).normalize();
        if (goal.isEmpty() || target.isAbsolute() || goesBack(target) || !end.startsWith(folder)) {
            throw leaves(RawNames.text(path), RawNames.text(goal));
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
