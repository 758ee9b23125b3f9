package dev.johwa.watch.telemetry;

import dev.johwa.build.pipeline.RunFigures;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.log.LineCounts;
import dev.johwa.watch.telemetry.scrape.Scraper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes figures of everything that the platform sees by itself, at whole multiples of [Telemetry#STEP].
public final class Feed {
    private static final Path PROC = Path.of("/proc");

    private final Telemetry telemetry;
    private final Clock clock;
    private final Sights sights;
    private final EdgeFigures edge = new EdgeFigures();
    private final HostFigures host;
    private final Scraper scraper;
    private long last;

    /// What is looked at.
    ///
    /// @param edge what it counted, or empty while it does not answer
    /// @param lines that apps count, since the start
    /// @param probe asks instances for their pages of metrics
    /// @param data a folder of the disk that is looked at
    public record Sights(
            Supplier<Optional<EdgeReport>> edge,
            Supplier<Figures> instances,
            Supplier<Map<LineCounts.Of, Long>> lines,
            Supplier<RunFigures> runs,
            Probe probe,
            Path data) {}

    public Feed(Telemetry telemetry, Clock clock, Sights sights) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.sights = sights;
        this.scraper = new Scraper(telemetry, clock, sights.probe());
        this.host = new HostFigures(PROC, sights.data());
    }

    /// Takes figures from now on.
    public void start(Tasks tasks) {
        tasks.inStep(Telemetry.STEP, clock, "metrics", () -> {
            scraper.look(sample(), tasks);
            telemetry.tend();
        });
    }

    /// Takes them now; nothing when this step has them.
    ///
    /// @return what runs
    public synchronized Figures sample() {
        long step = Telemetry.STEP.toMillis();
        long at = Math.floorDiv(clock.now().toEpochMilli(), step) * step;
        var instances = sights.instances().get();
        if (at == last) {
            return instances;
        }
        var batch = new Batch(at, telemetry.helps());
        long before = last == 0 || at - last > 6 * step || at < last ? at - step : last;
        last = at;
        sights.edge().get().ifPresent(report -> edge.tell(report, instances, batch, before));
        Families.of(instances).forEach(family -> family.tell(batch));
        Families.counted(List.of(), sights.lines().get()).tell(batch);
        RunFamilies.of(sights.runs().get(), clock.now()).forEach(family -> family.tell(batch));
        host.tell(batch);
        telemetry.take(batch.points());
        return instances;
    }
}
