package dev.johwa.main;

import dev.johwa.build.container.ImageBuilds;
import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.door.api.Collected;
import dev.johwa.door.api.DiskUse;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.main.Budgets.Part;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.target.Logs;
import dev.johwa.source.git.Repositories;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds what can be made again, or is only remembered, to a budget on the disk. What a release needs that serves or
/// can be rolled back to is never touched.
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    /// What tests of runs may take of the history, in percent, and fetched runtimes of the caches.
    private static final int SHARE_OF_TESTS = 40;
    private static final int SHARE_OF_RUNTIMES = 80;
    private static final int WHOLE = 100;
    private static final String RUN_LOGS = "run logs";

    private final Settings settings;
    private final Clock clock;
    private final Repositories repositories;
    private final Images images;
    private final Registry registry;
    private final ImageBuilds builds;
    private final ToolStore tools;
    private final Releases releases;
    private final Pipelines pipelines;
    private final Logs printed;
    private final LogParts kept;
    private volatile Optional<List<DiskUse.Item>> measured = Optional.empty();

    /// What holds what people brought, what can be fetched or made again, and what was printed.
    record Stores(
            Repositories repositories,
            Images images,
            Registry registry,
            ImageBuilds builds,
            ToolStore tools,
            Logs logs,
            LogParts kept) {
        static Stores of(Parts parts) {
            return new Stores(
                    parts.repositories(),
                    parts.images(),
                    parts.registry(),
                    parts.builds(),
                    parts.tools(),
                    parts.logs(),
                    parts.kept());
        }
    }

    Housekeeping(Settings settings, Clock clock, Stores stores, Releases releases, Pipelines pipelines) {
        this.settings = settings;
        this.clock = clock;
        this.repositories = stores.repositories();
        this.images = stores.images();
        this.registry = stores.registry();
        this.builds = stores.builds();
        this.tools = stores.tools();
        this.printed = stores.logs();
        this.kept = stores.kept();
        this.releases = releases;
        this.pipelines = pipelines;
    }

    /// What is there, of which class.
    private record Use(String what, Part part, long bytes) {}

    /// Frees what nobody needs; where that is not enough, also results of runs that were never released.
    ///
    /// @param lacking bytes that the disk should have more, whatever the budgets say
    synchronized Collected collect(long lacking) {
        var before = usage();
        removeTorn();
        var needed = new HashSet<>(releases.artifacts());
        var kept = new HashSet<>(needed);
        kept.addAll(pipelines.artifacts());
        collectOfEngine(kept);
        var pushed = registry.collect(kept);
        images.collect(kept, pushed);
        trimLogs(before);
        pipelines.trimTests(part(Part.HISTORY, SHARE_OF_TESTS));
        tools.collect(releases.tools(), part(Part.CACHES, SHARE_OF_RUNTIMES));
        trimCaches(lacking);
        var after = usage();
        if (lacking > 0 || sum(after, Part.BLOBS) > settings.budgets().of(Part.BLOBS)) {
            images.collect(needed, pushed);
            after = usage();
        }
        measured = Optional.of(items(after));
        var collected = difference(before, after);
        if (collected.overBudget()) {
            LOG.warn(
                    "budget={} used={}: what is left is needed; give it more with `johwa up --budget`",
                    collected.budgetBytes(),
                    collected.usedBytes());
        }
        return collected;
    }

    /// What pushes left that were cut off by the end of an earlier process.
    void removeTorn() {
        for (var project : repositories.list()) {
            try {
                repositories.removeTorn(project);
            } catch (RuntimeException e) {
                LOG.warn("project={} keeps what cut pushes left", project, e);
            }
        }
    }

    /// The engine may be away: another time, then.
    private void collectOfEngine(Set<Digest> kept) {
        if (!ContainerParts.areUsed(settings.apps())) {
            return;
        }
        try {
            builds.collect(kept);
        } catch (ProblemException e) {
            LOG.info("images of the container engine stay: {}", e.getMessage());
        }
    }

    private long part(Part of, int percent) {
        return settings.budgets().of(of) / WHOLE * percent;
    }

    /// What apps print is held to budgets of its own, so what runs said gets what those leave.
    private void trimLogs(List<Use> uses) {
        long budget = settings.budgets().of(Part.LOGS);
        long others = sum(uses, Part.LOGS) - bytes(uses, RUN_LOGS);
        new RunLogs(settings.logs().resolve("runs")).trim(Math.max(budget / 2, budget - others), clock.now());
    }

    private void trimCaches(long lacking) {
        long caches = caches();
        long budget = settings.budgets().of(Part.CACHES) - Trees.size(settings.toolchains());
        long most = Math.min(budget, caches - lacking);
        if (caches > most) {
            pipelines.trimCaches(Math.max(0, most));
        }
    }

    /// What each class takes, without freeing anything.
    synchronized void measure() {
        measured = Optional.of(items(usage()));
    }

    /// As it was measured last; empty before that.
    Optional<List<DiskUse.Item>> measured() {
        return measured;
    }

    private List<DiskUse.Item> items(List<Use> uses) {
        return Part.CLASSES.stream()
                .map(part -> {
                    long used = sum(uses, part);
                    long budget = settings.budgets().of(part);
                    return new DiskUse.Item(part.word(), used, budget, used > budget ? part.advice() : "");
                })
                .toList();
    }

    private List<Use> usage() {
        return List.of(
                new Use("repositories", Part.GIT, Trees.size(settings.data().resolve("git"))),
                new Use("artifacts", Part.BLOBS, images.usage()),
                new Use("unpacked", Part.BLOBS, Trees.size(settings.apps().resolve(".unpacked"))),
                new Use("caches", Part.CACHES, caches()),
                new Use("runtimes", Part.CACHES, Trees.size(settings.toolchains())),
                new Use(RUN_LOGS, Part.LOGS, Trees.size(settings.logs().resolve("runs"))),
                new Use("app logs", Part.LOGS, printed.usage()),
                new Use("kept logs", Part.LOGS, kept.store().usage()),
                new Use("history", Part.HISTORY, history()),
                new Use("figures", Part.METRICS, Trees.size(settings.data().resolve(WatchParts.FOLDER))));
    }

    private long history() {
        return Stream.of("", "-wal")
                .map(end -> Path.of(settings.place().file() + end))
                .mapToLong(Trees::size)
                .sum();
    }

    /// Dependencies and homes of the projects' steps, those of a project held to a budget of their own too.
    private long caches() {
        return Trees.children(settings.apps()).stream()
                .flatMap(project -> Stream.of("cache", "home", "layers").map(project::resolve))
                .mapToLong(Trees::size)
                .sum();
    }

    private Collected difference(List<Use> before, List<Use> after) {
        var items = after.stream()
                .map(use -> new Collected.Item(
                        use.what(), Math.max(0, bytes(before, use.what()) - use.bytes()), use.bytes()))
                .toList();
        long freed = items.stream().mapToLong(Collected.Item::freedBytes).sum();
        long used = items.stream().mapToLong(Collected.Item::usedBytes).sum();
        long budget = settings.budgets().sum();
        return new Collected(items, freed, used, budget, used > budget);
    }

    private static long bytes(List<Use> uses, String what) {
        return uses.stream()
                .filter(use -> use.what().equals(what))
                .mapToLong(Use::bytes)
                .sum();
    }

    private static long sum(List<Use> uses, Part part) {
        return uses.stream()
                .filter(use -> use.part() == part)
                .mapToLong(Use::bytes)
                .sum();
    }
}
