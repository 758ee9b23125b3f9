package dev.johwa.source.detect;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The folder that is looked at; reads only what is asked for, and nothing large.
final class Folder {
    private static final int LARGEST = 1 << 20;
    private static final int MOST_VISITED = 4_000;
    private static final Set<String> SKIPPED =
            Set.of("node_modules", ".git", ".venv", "venv", "target", "dist", "build", "vendor", "__pycache__");

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    boolean has(String file) {
        return Files.isRegularFile(root.resolve(file));
    }

    boolean hasFolder(String folder) {
        return Files.isDirectory(root.resolve(folder));
    }

    /// The text of a file, without a byte order mark; empty when it is not there, too large, or no text.
    Optional<String> read(String file) {
        return read(root.resolve(file));
    }

    static Optional<String> read(Path path) {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                return Optional.empty();
            }
            var text = Files.readString(path, StandardCharsets.UTF_8);
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (MalformedInputException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Files below, relative with `/`, in order; not below folders of tools and dependencies, and at most so deep.
    List<String> files(int depth, Predicate<String> wanted) {
        var found = new ArrayList<String>();
        var visited = new int[1];
        try {
            Files.walkFileTree(root, Set.of(), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skip = !folder.equals(root)
                            && (SKIPPED.contains(folder.getFileName().toString())
                                    || folder.getFileName().toString().startsWith("."));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    var name = root.relativize(file).toString();
                    if (attributes.isRegularFile() && wanted.test(name)) {
                        found.add(name);
                    }
                    return ++visited[0] > MOST_VISITED ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return found;
        }
        found.sort(null);
        return found;
    }

    boolean isLink(String file) {
        return Files.isSymbolicLink(root.resolve(file)) && Files.exists(root.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }
}
