package dev.johwa.build.pipeline;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// What package managers keep in HOME of what they fetched. A layer of trust begins with a copy of production's, so
/// that its first run fetches only what is new. Nothing else is copied: production's HOME may hold passwords of
/// registries.
final class DependencyStores {
    private static final List<String> STORES = List.of(
            ".cache",
            ".npm/_cacache",
            ".local/share/pnpm/store",
            ".yarn/berry/cache",
            ".bun/install/cache",
            ".m2/repository",
            ".m2/wrapper",
            ".gradle/caches",
            ".gradle/wrapper",
            ".ivy2/cache",
            ".cargo/registry",
            ".cargo/git",
            "go/pkg/mod",
            ".nuget/packages",
            ".composer/cache",
            ".hex/packages",
            ".mix");
    /// To copy more takes longer than to fetch what an app needs of it.
    private static final long LARGEST = 2L << 30;

    private final Desks desks;

    DependencyStores(Desks desks) {
        this.desks = desks;
    }

    /// Makes the HOME of a layer where there is none. Of several who do, one wins; of one that is cancelled nothing
    /// stays.
    void bring(Trust trust, Cancel cancel) {
        var home = desks.home(trust);
        if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var made = desks.draft(trust);
        try {
            Files.createDirectories(made);
            if (!trust.isProduction()) {
                copy(desks.home(Trust.production(trust.project())), made, cancel);
            }
            // As one: half a store would be taken for all of it.
            Files.move(made, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Trees.delete(made);
            if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
                throw new UncheckedIOException(e);
            }
        } catch (ProblemException e) {
            Trees.delete(made);
            throw e;
        }
    }

    /// One that a run of production writes into meanwhile is left out.
    private static void copy(Path from, Path to, Cancel cancel) {
        for (var store : STORES) {
            cancel.check();
            var place = from.resolve(store);
            boolean isOwn = Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) && Trees.holds(from, store);
            if (isOwn && Trees.size(place) <= LARGEST) {
                TreeCopy.make(place, to.resolve(store), cancel);
            }
        }
    }
}
