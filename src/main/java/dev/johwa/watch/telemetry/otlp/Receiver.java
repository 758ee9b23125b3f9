package dev.johwa.watch.telemetry.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.log.AppLogs;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import dev.johwa.watch.telemetry.otlp.Answers.Rejected;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Takes what exporters send: metrics and logs are kept, spans counted. Safe for use by many threads.
public final class Receiver {
    private static final int MOST_APPS = 1_000;
    private static final String SPANS = "johwa_spans_total";

    private final Telemetry telemetry;
    private final Deltas deltas = new Deltas();
    private final Map<String, Long> spans = new LinkedHashMap<>();

    public Receiver(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /// @param may for which apps the sender may send
    /// @param now milliseconds since 1970
    /// @return the answer, in the form of the question
    /// @throws ProblemException with code `otlp.body` when it is no message
    public byte[] metrics(byte[] body, boolean isJson, Predicate<String> may, long now) {
        var request = read(ExportMetricsServiceRequest.newBuilder(), body, isJson);
        var points = new ArrayList<Point>();
        var rejected = new Rejected();
        for (var ofResource : ((ExportMetricsServiceRequest) request).getResourceMetricsList()) {
            var place = Places.of(ofResource.getResource());
            var found = new Points(place, deltas, now);
            ofResource
                    .getScopeMetricsList()
                    .forEach(scope -> scope.getMetricsList().forEach(found::add));
            if (isAllowed(place, may, found.points().size(), rejected)) {
                points.addAll(found.points());
                rejected.add(found.refused(), found.why());
            }
        }
        points.sort(Comparator.comparingLong(Point::at));
        var taken = telemetry.take(points);
        rejected.add(taken.dropped(), taken.why());
        return Answers.metrics(rejected, isJson);
    }

    private static boolean isAllowed(Map<String, String> place, Predicate<String> may, long count, Rejected rejected) {
        var app = place.getOrDefault(Telemetry.APP, "");
        if (app.isEmpty()) {
            rejected.add(count, "the resource has no service.name, which is the app's");
            return false;
        }
        if (!may.test(app)) {
            rejected.add(count, "the token may not send for '" + app + "'");
            return false;
        }
        return true;
    }

    /// Counts spans by app, and keeps none.
    public byte[] traces(byte[] body, boolean isJson, Predicate<String> may, long now) {
        var request = (ExportTraceServiceRequest) read(ExportTraceServiceRequest.newBuilder(), body, isJson);
        var counts = new TreeMap<String, Long>();
        var rejected = new Rejected();
        for (var ofResource : request.getResourceSpansList()) {
            var place = place(ofResource.getResource());
            long count = ofResource.getScopeSpansList().stream()
                    .mapToLong(scope -> scope.getSpansCount())
                    .sum();
            if (isAllowed(place, may, count, rejected)) {
                counts.merge(place.getOrDefault(Telemetry.APP, ""), count, Long::sum);
            }
        }
        telemetry.helps().tell(SPANS, "Spans that apps sent: they are counted, not kept.");
        telemetry.take(counted(counts, now));
        rejected.say("spans are counted (" + SPANS + "), not kept");
        return Answers.traces(rejected, isJson);
    }

    /// Keeps records of logs: they are on the disk when this returns.
    public byte[] logs(byte[] body, boolean isJson, Predicate<String> may, AppLogs logs, Instant now) {
        var request = (ExportLogsServiceRequest) read(ExportLogsServiceRequest.newBuilder(), body, isJson);
        var lines = new ArrayList<LogLine>();
        var rejected = new Rejected();
        for (var ofResource : request.getResourceLogsList()) {
            var place = place(ofResource.getResource());
            var found = new LogRecords(place, now);
            ofResource.getScopeLogsList().forEach(found::add);
            if (isAllowed(place, may, found.lines().size(), rejected)) {
                lines.addAll(found.lines());
            }
        }
        if (!lines.isEmpty()) {
            logs.bring(lines);
        }
        return Answers.logs(rejected, isJson);
    }

    private static Map<String, String> place(Resource resource) {
        return Places.of(resource);
    }

    private synchronized List<Point> counted(Map<String, Long> counts, long now) {
        var points = new ArrayList<Point>();
        counts.forEach((app, count) -> {
            if (spans.size() < MOST_APPS || spans.containsKey(app)) {
                var labels = Labels.of(Map.of(Labels.NAME, SPANS, Telemetry.APP, app));
                points.add(new Point(labels, Kind.COUNTER, now, spans.merge(app, count, Long::sum)));
            }
        });
        return points;
    }

    static Message read(Message.Builder into, byte[] body, boolean isJson) {
        try {
            if (isJson) {
                JsonMessage.fill(into, Json.read(body, JsonNode.class));
                return into.build();
            }
            return into.mergeFrom(body).build();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.user("otlp.body", "the body is no message of OTLP: " + e.getMessage())
                            .hint("send protobuf as application/x-protobuf, or JSON as application/json"),
                    e);
        }
    }
}
