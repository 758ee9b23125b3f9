package dev.johwa.door.web;

import dev.johwa.door.web.MetricsText.Histogram;
import dev.johwa.door.web.MetricsText.Sample;
import dev.johwa.serve.router.EdgeReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What the edge counted, shown here since on the edge every path is the app's.
final class EdgeMetrics {
    private EdgeMetrics() {}

    static void write(MetricsText text, EdgeReport report) {
        text.gauge(
                "johwa_edge_start_time_seconds",
                "When the edge started, since 1970.",
                report.startedAtMillis() / 1000.0);
        text.gauge("johwa_edge_connections", "Open connections to the edge.", report.connections());
        text.gauge(
                "johwa_edge_unhealthy_instances",
                "Instances that do not answer.",
                report.unhealthy().size());
        text.counter("johwa_app_requests_total", "Requests to apps.", requests(report));
        text.counter(
                "johwa_app_received_bytes_total",
                "Bytes that clients sent to apps.",
                each(report, EdgeReport.Counts::bytesIn));
        text.counter(
                "johwa_app_sent_bytes_total",
                "Bytes that apps sent to clients.",
                each(report, EdgeReport.Counts::bytesOut));
        text.gauge(
                "johwa_app_in_flight_requests",
                "Requests that apps work on now.",
                each(report, EdgeReport.Counts::inFlight));
        text.histogram("johwa_app_request_duration_seconds", "How long requests to apps took.", durations(report));
    }

    private static List<Sample> requests(EdgeReport report) {
        var samples = new ArrayList<Sample>();
        for (var counts : report.counts()) {
            counts.statuses().forEach((status, number) -> {
                var labels = new LinkedHashMap<>(labels(counts));
                labels.put("status", Integer.toString(status));
                samples.add(new Sample(labels, number));
            });
        }
        return samples;
    }

    private static List<Sample> each(EdgeReport report, ToDoubleFunction<EdgeReport.Counts> value) {
        return report.counts().stream()
                .map(counts -> new Sample(labels(counts), value.applyAsDouble(counts)))
                .toList();
    }

    private static List<Histogram> durations(EdgeReport report) {
        return report.counts().stream()
                .map(counts -> new Histogram(labels(counts), EdgeReport.BOUNDS, counts.buckets(), counts.seconds()))
                .toList();
    }

    private static Map<String, String> labels(EdgeReport.Counts counts) {
        return Map.of(
                "app", counts.app(),
                "environment", counts.environment(),
                "release", Integer.toString(counts.release()));
    }
}
