package dev.johwa.main;

import dev.johwa.build.image.Images;
import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.build.toolchain.ToolStore;
import dev.johwa.door.api.Collected;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.serve.release.Releases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds what can be made again, or is only remembered, to a budget on the disk. What a release needs that serves or
/// can be rolled back to is never touched.
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    /// What logs of runs may take at most, as a part of the budget.
    private static final int SHARE_OF_RUN_LOGS = 10;
    /// And what their tests did.
    private static final int SHARE_OF_TESTS = 50;
    /// And runtimes that were fetched.
    private static final int SHARE_OF_RUNTIMES = 5;

    private final Settings settings;
    private final Clock clock;
    private final Images images;
    private final ToolStore tools;
    private final Releases releases;
    private final Pipelines pipelines;

    /// What holds what can be fetched or made again.
    record Stores(Images images, ToolStore tools) {}

    Housekeeping(Settings settings, Clock clock, Stores stores, Releases releases, Pipelines pipelines) {
        this.settings = settings;
        this.clock = clock;
        this.images = stores.images();
        this.tools = stores.tools();
        this.releases = releases;
        this.pipelines = pipelines;
    }

    /// Frees what nobody needs; where that is not enough, also results of runs that were never released.
    synchronized Collected collect() {
        var before = usage();
        var needed = new HashSet<>(releases.artifacts());
        var kept = new HashSet<>(needed);
        kept.addAll(pipelines.artifacts());
        images.collect(kept);
        var logs = new RunLogs(settings.logs().resolve("runs"));
        logs.trim(settings.budget() / SHARE_OF_RUN_LOGS, clock.now());
        pipelines.trimTests(settings.budget() / SHARE_OF_TESTS);
        tools.collect(releases.tools(), settings.budget() / SHARE_OF_RUNTIMES);
        var after = usage();
        if (sum(after) > settings.budget()) {
            images.collect(needed);
            after = usage();
        }
        var collected = difference(before, after);
        if (collected.overBudget()) {
            LOG.warn(
                    "budget={} used={}: what is left is needed; give it more with `johwa up --budget`",
                    settings.budget(),
                    collected.usedBytes());
        }
        return collected;
    }

    private List<Collected.Item> usage() {
        var usage = new ArrayList<Collected.Item>();
        usage.add(new Collected.Item("artifacts", 0, images.usage()));
        usage.add(new Collected.Item("unpacked", 0, Trees.size(settings.apps().resolve(".unpacked"))));
        usage.add(new Collected.Item("run logs", 0, Trees.size(settings.logs().resolve("runs"))));
        usage.add(new Collected.Item("test results", 0, pipelines.testBytes()));
        usage.add(new Collected.Item("caches", 0, caches()));
        usage.add(new Collected.Item("runtimes", 0, Trees.size(settings.toolchains())));
        return usage;
    }

    /// Dependencies and homes of the projects' steps, each held to a budget of its own.
    private long caches() {
        return Trees.children(settings.apps()).stream()
                .flatMap(project -> Stream.of("cache", "home", "layers").map(project::resolve))
                .mapToLong(Trees::size)
                .sum();
    }

    private Collected difference(List<Collected.Item> before, List<Collected.Item> after) {
        var items = new ArrayList<Collected.Item>();
        for (int i = 0; i < after.size(); i++) {
            long used = after.get(i).usedBytes();
            items.add(new Collected.Item(
                    after.get(i).what(), Math.max(0, before.get(i).usedBytes() - used), used));
        }
        long freed = items.stream().mapToLong(Collected.Item::freedBytes).sum();
        long used = sum(items);
        return new Collected(items, freed, used, settings.budget(), used > settings.budget());
    }

    private static long sum(List<Collected.Item> items) {
        return items.stream().mapToLong(Collected.Item::usedBytes).sum();
    }
}
