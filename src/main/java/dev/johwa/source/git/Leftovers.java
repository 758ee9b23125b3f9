package dev.johwa.source.git;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;

/// Takes away what lies in a folder and is not of the commit, and what was changed since the checkout before; keeps
/// what is as the commit has it, and the spared folders. Symbolic links are never followed. Used once.
final class Leftovers extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final CheckedOut before;
    private final Map<String, CheckedOut.Entry> wanted;
    private final Set<String> spared;
    private final Map<String, CheckedOut.Entry> untouched = new HashMap<>();
    private final Set<String> folders = new HashSet<>();

    /// @param wanted every path of the commit, folders too
    /// @param spared paths that stay with all they hold, unless the commit has them itself
    Leftovers(Path folder, CheckedOut before, Map<String, CheckedOut.Entry> wanted, Set<String> spared) {
        this.folder = folder;
        this.before = before;
        this.wanted = wanted;
        this.spared = spared;
    }

    void remove() throws IOException {
        Files.walkFileTree(folder, this);
    }

    /// Files that need not be written.
    Map<String, CheckedOut.Entry> untouched() {
        return untouched;
    }

    boolean isFolder(String path) {
        return folders.contains(path);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
        if (visited.equals(folder)) {
            return FileVisitResult.CONTINUE;
        }
        var path = path(visited);
        var entry = wanted.get(path);
        if (entry == null) {
            if (!spared.contains(path) && !leadsToSpared(path)) {
                Trees.delete(visited);
            }
            return leadsToSpared(path) && !spared.contains(path)
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }
        if (isFolder(entry)) {
            folders.add(path);
            open(visited, attributes);
            return FileVisitResult.CONTINUE;
        }
        Trees.delete(visited);
        return FileVisitResult.SKIP_SUBTREE;
    }

    /// As a new folder would be, whatever a program made of it.
    private static void open(Path visited, BasicFileAttributes attributes) throws IOException {
        if (attributes instanceof PosixFileAttributes seen
                && !seen.permissions().equals(Checkout.OPEN)) {
            Files.setPosixFilePermissions(visited, Checkout.OPEN);
        }
    }

    private boolean leadsToSpared(String path) {
        return spared.stream().anyMatch(each -> each.startsWith(path + "/"));
    }

    private static boolean isFolder(CheckedOut.Entry entry) {
        return entry.mode() == FileMode.TYPE_TREE || entry.mode() == FileMode.TYPE_GITLINK;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        var path = path(file);
        var entry = wanted.get(path);
        var known = before.files().get(path);
        if (entry != null
                && known != null
                && known.isOf(entry.id(), entry.mode())
                && known.stamp().equals(CheckedOut.stamp(file))) {
            untouched.put(path, known);
        } else {
            Files.delete(file);
        }
        return FileVisitResult.CONTINUE;
    }

    private String path(Path place) {
        return RawNames.of(folder.relativize(place));
    }

    /// A program may have closed a folder even to us, where it runs as us.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
        if (!isClosed(file)) {
            throw problem;
        }
        Files.setPosixFilePermissions(file, Checkout.OPEN);
        Files.walkFileTree(file, this);
        return FileVisitResult.CONTINUE;
    }

    private static boolean isClosed(Path file) {
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file);
    }
}
