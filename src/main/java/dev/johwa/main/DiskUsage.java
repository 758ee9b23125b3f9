package dev.johwa.main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/// How many bytes files take. What vanishes while it is counted does not count.
final class DiskUsage {
    private DiskUsage() {}

    /// Of all files below a folder; 0 when there is none.
    static long of(Path folder) {
        var sum = new long[1];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path place, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum[0];
    }

    /// Of the folders of this name in each folder.
    static long below(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> each = Files.list(folder)) {
            return each.mapToLong(place -> of(place.resolve(name))).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
