package dev.johwa.door.web;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.telemetry.Families;
import dev.johwa.watch.telemetry.RunFamilies;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Figures for a scraper.
final class MetricsRoutes {
    private static final int RUNS_COUNTED = 1000;

    private final HttpMeter meter;
    private final WebRooms rooms;

    MetricsRoutes(HttpMeter meter, WebRooms rooms) {
        this.meter = meter;
        this.rooms = rooms;
    }

    List<Route> all() {
        return List.of(Route.get("/metrics", Access.LOCAL_OR_READ, "Figures in Prometheus' text format", this::show));
    }

    private void show(Call call) {
        var text = new MetricsText();
        OwnMetrics.process(text);
        OwnMetrics.http(text, meter);
        text.gauge(
                "johwa_runs",
                "Runs by state, of those that the server remembers.",
                rooms.pipelines().states(RUNS_COUNTED).entrySet().stream()
                        .map(entry ->
                                new MetricsText.Sample(Map.of("state", Words.lower(entry.getKey())), entry.getValue()))
                        .toList());
        RunFamilies.of(rooms.pipelines().figures(), rooms.clock().now()).forEach(text::family);
        var backup = rooms.backups().health();
        backup.last()
                .ifPresent(made -> text.gauge(
                        "johwa_backup_last_success_timestamp_seconds",
                        "When the newest backup that is whole was made, since 1970.",
                        made.at().getEpochSecond()));
        text.gauge(
                "johwa_backup_failing",
                "Whether the last backup or trial restore failed.",
                backup.wrong().isEmpty() ? 0 : 1);
        DiskMetrics.write(text, rooms.disk().get());
        var figures = rooms.releases().figures();
        Families.of(figures).forEach(text::family);
        serving(text);
        JobMetrics.write(text, rooms.schedules().figures());
        DataMetrics.write(text, rooms.data().lately());
        var report = rooms.edge().get();
        text.gauge("johwa_edge_up", "Whether the edge answers the control plane.", report.isPresent() ? 1 : 0);
        report.ifPresent(counts -> {
            var live = live(counts, figures);
            Families.of(live).forEach(text::family);
            text.family(Families.counted(live.counts(), rooms.logs().counted()));
            Families.of(counts, figures).forEach(text::family);
        });
        call.context().status(200).contentType(MetricsText.TYPE).result(text.text());
    }

    private void serving(MetricsText text) {
        var samples = rooms.releases().errands().live().entrySet().stream()
                .map(each -> {
                    var release = each.getValue();
                    var labels = Map.of(
                            "app", each.getKey().name(),
                            "environment", each.getKey().environment(),
                            "release", Integer.toString(release.number()),
                            "preview", Boolean.toString(release.isPreview()));
                    return new MetricsText.Sample(labels, 1);
                })
                .toList();
        text.gauge(
                "johwa_app_serving_release", "The release that serves, by its label; the value is always 1.", samples);
    }

    /// Without releases that serve no more: all that there ever were would be more than a scraper takes.
    private static EdgeReport live(EdgeReport report, Figures figures) {
        var serving = figures.serving().entrySet().stream()
                .collect(Collectors.toMap(each -> new Named(each.getKey()), Map.Entry::getValue, Math::max));
        var counts = report.counts().stream()
                .filter(each -> each.inFlight() > 0
                        || serving.getOrDefault(new Named(each.app(), each.environment()), each.release())
                                == each.release())
                .toList();
        return new EdgeReport(
                report.startedAtMillis(), counts, report.unhealthy(), report.connections(), report.instances());
    }

    /// An app in an environment, as the edge calls it.
    private record Named(String app, String environment) {
        Named(AppEnvironment where) {
            this(where.name(), where.environment());
        }
    }
}
