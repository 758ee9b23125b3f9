package dev.johwa.main;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Where a trial works: for each folder that is tried one of the person's cache, so that what was installed and built
/// is there the next time, as it is for a push. A temporary one while another trial of the same folder goes on. Closing
/// leaves only what the next trial can use; the last few are kept.
final class TrialFolder implements AutoCloseable {
    private static final int MOST = 5;
    private static final Set<String> KEPT_OF_A_PROJECT = Set.of("cache", "home", "layers");

    private final Path path;
    private final Optional<FolderLock> lock;

    private TrialFolder(Path path, Optional<FolderLock> lock) {
        this.path = path;
        this.lock = lock;
    }

    static TrialFolder of(Surroundings around, Path files, String project, Instant now) throws IOException {
        var all = Files.createDirectories(cache(around).resolve("johwa/try"));
        var id = UUID.nameUUIDFromBytes(files.toString().getBytes(StandardCharsets.UTF_8));
        var path = Files.createDirectories(
                all.resolve(project + "-" + id.toString().substring(0, 8)));
        var lock = lock(path);
        var folder = new TrialFolder(lock.isPresent() ? path : Files.createTempDirectory("johwa-try"), lock);
        // Apps run as users of their own, who must be able to walk in.
        folder.path.toFile().setExecutable(true, false);
        if (lock.isPresent()) {
            Files.setLastModifiedTime(path, FileTime.from(now));
            // A trial that was killed left more, and may have left processes.
            DownCommand.end(folder.data(), true);
            folder.clear();
            forgetOld(all);
        }
        return folder;
    }

    /// Below a home that nobody else may enter, the accounts of applications could not read their own files.
    private static Path cache(Surroundings around) {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return around.value("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(isRoot ? Path.of("/var/cache") : around.home().resolve(".cache"));
    }

    private static Optional<FolderLock> lock(Path path) {
        try {
            return Optional.of(FolderLock.take(path));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// The data folder of its platform.
    Path data() {
        return path.resolve("data");
    }

    Path path() {
        return path;
    }

    private void clear() {
        delete(path, Set.of("data", "lock"));
        delete(data(), Set.of("apps", "toolchains"));
        Trees.children(data().resolve("apps")).forEach(project -> delete(project, KEPT_OF_A_PROJECT));
    }

    private static void delete(Path folder, Set<String> butFor) {
        Trees.children(folder).stream()
                .filter(each -> !butFor.contains(each.getFileName().toString()))
                .forEach(Trees::delete);
    }

    private static void forgetOld(Path all) throws IOException {
        List<Path> old = Trees.children(all).stream()
                .sorted(Comparator.comparingLong(Trees::modifiedAt).reversed())
                .skip(MOST)
                .toList();
        for (var each : old) {
            var lock = lock(each);
            if (lock.isPresent()) {
                Trees.delete(each);
                lock.get().close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (lock.isPresent()) {
                clear();
            } else {
                Trees.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }
}
