package dev.johwa.source.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.util.FileUtils;

/// Keeps a repository small: every push leaves a pack of its own, and forced pushes leave what nobody names.
final class Housekeeping {
    private static final int MANY_PACKS = 10;
    private static final int MANY_LOOSE = 1000;
    private static final Duration GRACE = Duration.ofDays(1);

    private final Repositories repositories;

    Housekeeping(Repositories repositories) {
        this.repositories = repositories;
    }

    /// @param served commits that stay, see [KeptCommits]
    /// @return what was done, in a line, or nothing
    Optional<String> collect(String name, Set<String> served) {
        var turn = repositories.locks().alone(name, Duration.ZERO);
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        try (var _ = turn.get()) {
            return repositories.exists(name) ? collectAlone(name, served) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only a push, or the look at an origin, makes a repository: without either it is nobody's.
    void removeTorn(String name) {
        if (removeTornAlone(name) > 0 && repositories.origin(name).isEmpty()) {
            repositories.deleteWhenEmpty(name);
        }
    }

    private int removeTornAlone(String name) {
        var turn = repositories.locks().alone(name, Duration.ZERO);
        if (turn.isEmpty()) {
            return 0;
        }
        try (var _ = turn.get()) {
            return repositories.exists(name)
                    ? removeTorn(repositories.path(name).resolve("objects"))
                    : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> collectAlone(String name, Set<String> served) throws IOException {
        var objects = repositories.path(name).resolve("objects");
        int torn = removeTorn(objects);
        int packs = count(objects.resolve("pack"), "*.pack");
        // Git's own estimate: ids are spread evenly over 256 folders.
        int loose = 256 * count(objects.resolve("17"), "*");
        if (packs < MANY_PACKS && loose < MANY_LOOSE) {
            return torn == 0 ? Optional.empty() : Optional.of(torn + " half received packs removed");
        }
        KeptCommits.keep(repositories.repository(name), served);
        if (repositories.nativeGit().isPresent()) {
            repositories.nativeGit().get().collect(repositories.path(name));
        } else {
            collectHere(name);
        }
        return Optional.of("%d packs are %d now".formatted(packs, count(objects.resolve("pack"), "*.pack")));
    }

    /// What pushes left that were cut off by the end of this process; nobody pushes now.
    private static int removeTorn(Path objects) throws IOException {
        int removed = 0;
        for (var folder : List.of(objects, objects.resolve("pack"))) {
            try (var torn = Files.newDirectoryStream(folder, "{" + NativeGit.APART + ",tmp_}*")) {
                for (var file : torn) {
                    FileUtils.delete(file.toFile(), FileUtils.RECURSIVE);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static int count(Path folder, String names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int count = 0;
        try (var files = Files.newDirectoryStream(folder, names)) {
            for (var _ : files) {
                count++;
            }
        }
        return count;
    }

    private void collectHere(String name) throws IOException {
        var gc = new GC((FileRepository) repositories.repository(name));
        gc.setExpireAgeMillis(GRACE.toMillis());
        gc.setPackExpireAgeMillis(0);
        try {
            var _ = gc.gc().get();
        } catch (ParseException | ExecutionException | GitAPIException e) {
            throw new IllegalStateException("collecting " + name + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
