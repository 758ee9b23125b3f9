package dev.johwa.build.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is kept of a project between its runs: folders of dependencies by key, and the HOME of its steps, where tools
/// keep what they fetched. Both are bounded: of the folders those used longest ago go first; a HOME that has grown too
/// large begins anew. Nothing is taken away while a run of the project goes on. Safe for use by many threads.
final class Caches {
    /// Bytes that a project's folders of dependencies may take, and its HOME as much again.
    static final long BUDGET = 4L << 30;

    private static final String USED = ".used";

    private final Path apps;
    private final long budget;
    private final Map<String, Integer> users = new HashMap<>();

    /// @param apps folder of the projects
    Caches(Path apps, long budget) {
        this.apps = apps;
        this.budget = budget;
    }

    /// A run begins to use what is kept of the project; ends with [#leave].
    ///
    /// @return the HOME of its steps
    synchronized Path enter(String project) {
        try {
            var home = Files.createDirectories(home(project));
            users.merge(project, 1, Integer::sum);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A run has ended; after the last one, what is too much goes.
    synchronized void leave(String project) {
        int left = users.merge(project, -1, Integer::sum);
        if (left == 0) {
            users.remove(project);
            trimFolders(folder(project));
            if (size(home(project)) > budget) {
                Trees.delete(home(project));
            }
        }
    }

    private Path home(String project) {
        return apps.resolve(project).resolve("home");
    }

    private Path folder(String project) {
        return apps.resolve(project).resolve("cache");
    }

    /// Moves a kept folder to where it is used.
    ///
    /// @return whether there was one
    boolean restore(String project, String key, Path place) {
        var kept = folder(project).resolve(key);
        if (!Files.isDirectory(kept) || Files.exists(place)) {
            return false;
        }
        try {
            Files.createDirectories(place.getParent());
            Files.move(kept, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            // Another run of the project took it a moment before: this one installs for itself.
            return false;
        }
    }

    /// Moves a folder from where it was used, to be kept under the key.
    void keep(String project, String key, Path place) {
        var kept = folder(project).resolve(key);
        if (!Files.isDirectory(place) || Files.exists(kept)) {
            return;
        }
        try {
            Files.createDirectories(kept.getParent());
            Files.write(kept.resolveSibling(key + USED), new byte[0]);
            Files.move(place, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void trimFolders(Path folder) {
        long total = 0;
        for (var kept : newestFirst(folder)) {
            total += size(kept);
            if (total > budget) {
                Trees.delete(kept);
                Trees.delete(kept.resolveSibling(kept.getFileName() + USED));
            }
        }
    }

    private static List<Path> newestFirst(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .sorted(Comparator.comparingLong(Caches::usedAt).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long usedAt(Path kept) {
        return kept.resolveSibling(kept.getFileName() + USED).toFile().lastModified();
    }

    private static long size(Path folder) {
        var total = new long[1];
        if (Files.isDirectory(folder)) {
            Trees.walk(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    total[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        return total[0];
    }
}
