package dev.johwa.watch.telemetry;

import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the edge counted, under the names that `/metrics` has for it.
///
/// A series that was not there at the last look began with nothing then, which is told too: else its first requests
/// would never be seen to have come.
final class EdgeFigures {
    private Set<String> known = new HashSet<>();
    private long edgeStartedAt;
    private boolean isFirst = true;

    /// @param before the moment of the last look
    void tell(EdgeReport report, Batch batch, long before) {
        boolean isNew = edgeStartedAt != report.startedAtMillis();
        // What an edge counted before we first looked is of unknown age.
        boolean isZeroKnown = !isFirst;
        if (isNew) {
            known = new HashSet<>();
            edgeStartedAt = report.startedAtMillis();
        }
        isFirst = false;
        for (var counts : report.counts()) {
            var labels = labels(counts);
            counts.statuses().forEach((status, number) -> {
                var all = new HashMap<>(labels);
                all.put("status", Integer.toString(status));
                count("johwa_app_requests_total", all, number, batch, isZeroKnown ? before : 0);
            });
            times(counts, labels, batch, isZeroKnown ? before : 0);
            count("johwa_app_received_bytes_total", labels, counts.bytesIn(), batch, isZeroKnown ? before : 0);
            count("johwa_app_sent_bytes_total", labels, counts.bytesOut(), batch, isZeroKnown ? before : 0);
            batch.gauge("johwa_app_in_flight_requests", labels, counts.inFlight());
        }
        batch.gauge("johwa_edge_connections", Map.of(), report.connections());
        batch.gauge(
                "johwa_edge_unhealthy_instances", Map.of(), report.unhealthy().size());
    }

    private void times(Counts counts, Map<String, String> labels, Batch batch, long before) {
        long sum = 0;
        for (int i = 0; i < counts.buckets().size(); i++) {
            sum += counts.buckets().get(i);
            var all = new HashMap<>(labels);
            all.put(Labels.BOUND, bound(i));
            count("johwa_app_request_duration_seconds_bucket", all, sum, batch, before);
        }
        count("johwa_app_request_duration_seconds_count", labels, sum, batch, before);
        count("johwa_app_request_duration_seconds_sum", labels, counts.seconds(), batch, before);
    }

    private static String bound(int index) {
        if (index >= EdgeReport.BOUNDS.size()) {
            return "+Inf";
        }
        double bound = EdgeReport.BOUNDS.get(index);
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private void count(String metric, Map<String, String> labels, double value, Batch batch, long before) {
        if (known.add(metric + labels) && before > 0) {
            batch.zero(metric, labels, before);
        }
        batch.counter(metric, labels, value);
    }

    private static Map<String, String> labels(Counts counts) {
        return Map.of(
                "app", counts.app(),
                "environment", counts.environment(),
                "release", Integer.toString(counts.release()));
    }
}
