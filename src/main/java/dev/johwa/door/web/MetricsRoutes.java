package dev.johwa.door.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
                runs().entrySet().stream()
                        .map(entry -> new MetricsText.Sample(Map.of("state", entry.getKey()), entry.getValue()))
                        .toList());
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
        InstanceMetrics.write(text, rooms.releases().figures());
        DataMetrics.write(text, rooms.data().lately());
        var report = rooms.edge().get();
        text.gauge("johwa_edge_up", "Whether the edge answers the control plane.", report.isPresent() ? 1 : 0);
        report.ifPresent(counts -> EdgeMetrics.write(text, counts));
        call.context().status(200).contentType(MetricsText.TYPE).result(text.text());
    }

    private Map<String, Long> runs() {
        var counts = new LinkedHashMap<String, Long>();
        for (var run : rooms.pipelines().list(Optional.empty(), RUNS_COUNTED)) {
            counts.merge(Words.lower(run.state()), 1L, Long::sum);
        }
        return counts;
    }
}
