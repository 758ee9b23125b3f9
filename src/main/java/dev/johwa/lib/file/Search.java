package dev.johwa.lib.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Looks below a folder for files that tell something, and never without a bound. What cannot be looked into holds
/// nothing.
///
/// @param skipped names of folders that are not looked into
/// @param deepest how many folders below each other
/// @param most files that are found at most
public record Search(Set<String> skipped, int deepest, int most) {
    public Search {
        skipped = Set.copyOf(skipped);
    }

    /// Regular files, in the order in which they were met.
    ///
    /// @param wanted asked with each file, as a path below the folder, and its attributes
    public List<Path> find(Path folder, BiPredicate<Path, BasicFileAttributes> wanted) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(folder, Set.of(), deepest, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    boolean isSkipped = skipped.contains(String.valueOf(each.getFileName())) && !each.equals(folder);
                    return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && wanted.test(folder.relativize(file), attributes)) {
                        found.add(file);
                    }
                    return found.size() < most ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // What was found until then was there.
            return found;
        }
        return found;
    }
}
