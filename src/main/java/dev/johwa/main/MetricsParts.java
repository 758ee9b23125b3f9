package dev.johwa.main;

import dev.johwa.build.pipeline.Pipelines;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.Edge;
import dev.johwa.watch.alert.Alerts;
import dev.johwa.watch.telemetry.Feed;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;

/// Figures over time, who takes them, and what is read in them.
record MetricsParts(Telemetry telemetry, Feed feed, Traffic traffic, Alerts alerts) implements AutoCloseable {
    /// Below the data folder.
    static final String FOLDER = "metrics";

    static Feed.Sights sights(Edge edge, Releases releases, Pipelines pipelines, Path data) {
        return new Feed.Sights(() -> Readiness.report(edge), releases::figures, pipelines::ongoing, data);
    }

    /// Takes them from now on.
    static MetricsParts start(Feed.Sights sights, Releases releases, Clock clock, Tasks tasks) {
        var telemetry = new Telemetry(folder(sights.data()), clock);
        var feed = new Feed(telemetry, clock, sights);
        feed.start(tasks);
        var traffic = new Traffic(clock, sights.edge());
        tasks.every(Traffic.SAMPLED, "traffic", traffic::sample);
        return new MetricsParts(telemetry, feed, traffic, new Alerts(telemetry, releases, clock));
    }

    private static Path folder(Path data) {
        return data.resolve(FOLDER);
    }

    @Override
    public void close() throws IOException {
        telemetry.close();
    }
}
