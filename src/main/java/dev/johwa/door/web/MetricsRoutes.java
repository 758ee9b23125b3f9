package dev.johwa.door.web;

import dev.johwa.serve.backup.Health;
import dev.johwa.serve.data.DataStatus;
import dev.johwa.serve.router.EdgeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Figures for a scraper.
final class MetricsRoutes {
    private final HttpMeter meter;
    private final Supplier<Optional<EdgeReport>> edge;
    private final Supplier<Map<String, Long>> runs;
    private final Supplier<Health> backups;
    private final Supplier<List<DataStatus>> data;

    /// @param edge its counts, or empty while it does not answer
    /// @param runs that go on or wait, by state
    /// @param data how databases are
    MetricsRoutes(
            HttpMeter meter,
            Supplier<Optional<EdgeReport>> edge,
            Supplier<Map<String, Long>> runs,
            Supplier<Health> backups,
            Supplier<List<DataStatus>> data) {
        this.meter = meter;
        this.edge = edge;
        this.runs = runs;
        this.backups = backups;
        this.data = data;
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
                runs.get().entrySet().stream()
                        .map(entry -> new MetricsText.Sample(Map.of("state", entry.getKey()), entry.getValue()))
                        .toList());
        var backup = backups.get();
        backup.last()
                .ifPresent(made -> text.gauge(
                        "johwa_backup_last_success_timestamp_seconds",
                        "When the newest backup that is whole was made, since 1970.",
                        made.at().getEpochSecond()));
        text.gauge(
                "johwa_backup_failing",
                "Whether the last backup or trial restore failed.",
                backup.wrong().isEmpty() ? 0 : 1);
        DataMetrics.write(text, data.get());
        var report = edge.get();
        text.gauge("johwa_edge_up", "Whether the edge answers the control plane.", report.isPresent() ? 1 : 0);
        report.ifPresent(counts -> EdgeMetrics.write(text, counts));
        call.context().status(200).contentType(MetricsText.TYPE).result(text.text());
    }
}
