package dev.johwa.watch.telemetry.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.johwa.Parser;
import dev.johwa.lib.json.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Those of what exporters of OpenTelemetry send.
public final class OtlpParsers {
    private static final String RESOURCE =
            "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]}";
    private static final String METRICS = "{\"resourceMetrics\":[{" + RESOURCE + ",\"scopeMetrics\":[{\"metrics\":["
            + "{\"name\":\"a\",\"sum\":{\"isMonotonic\":true,\"aggregationTemporality\":1,\"dataPoints\":[{\"asInt\":\"7\","
            + "\"timeUnixNano\":\"1700000000000000000\",\"attributes\":[{\"key\":\"b\",\"value\":{\"arrayValue\":"
            + "{\"values\":[{\"doubleValue\":\"NaN\"}]}}}]}]}},{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":2,"
            + "\"dataPoints\":[{\"count\":\"3\",\"sum\":2,\"bucketCounts\":[\"1\",\"2\"],\"explicitBounds\":[1e400]}]}},"
            + "{\"name\":\"s\",\"summary\":{\"dataPoints\":[{\"quantileValues\":[{\"quantile\":0.5,\"value\":3}]}]}}]}]}]}";
    private static final String LOGS =
            "{\"resourceLogs\":[{" + RESOURCE + ",\"scopeLogs\":[{\"scope\":{\"name\":\"x\"},"
                    + "\"logRecords\":[{\"timeUnixNano\":\"-1\",\"severityNumber\":9,\"traceId\":\"ab\",\"body\":{\"kvlistValue\":"
                    + "{\"values\":[{\"key\":\"k\",\"value\":{\"bytesValue\":\"AA==\"}}]}}}]}]}]}";

    private OtlpParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofBytes(
                        "metrics of protobuf",
                        bytes -> metrics(ExportMetricsServiceRequest.parseFrom(bytes)),
                        packed(METRICS.replace("1e400", "4"), ExportMetricsServiceRequest.newBuilder())),
                Parser.ofBytes(
                        "logs of protobuf",
                        bytes -> logs(ExportLogsServiceRequest.parseFrom(bytes)),
                        packed(LOGS, ExportLogsServiceRequest.newBuilder())),
                Parser.ofBytes("metrics of JSON", OtlpParsers::metricsOfJson, METRICS),
                Parser.ofBytes("logs of JSON", OtlpParsers::logsOfJson, LOGS));
    }

    private static void metricsOfJson(byte[] bytes) throws InvalidProtocolBufferException {
        metrics(ExportMetricsServiceRequest.parseFrom(
                Receiver.read(ExportMetricsServiceRequest.newBuilder(), bytes, true)
                        .toByteString()));
    }

    private static void logsOfJson(byte[] bytes) throws InvalidProtocolBufferException {
        logs(ExportLogsServiceRequest.parseFrom(Receiver.read(ExportLogsServiceRequest.newBuilder(), bytes, true)
                .toByteString()));
    }

    private static void metrics(ExportMetricsServiceRequest request) {
        for (var each : request.getResourceMetricsList()) {
            var points = new Points(Places.of(each.getResource()), new Deltas(), 0);
            each.getScopeMetricsList().forEach(scope -> scope.getMetricsList().forEach(points::add));
        }
    }

    private static void logs(ExportLogsServiceRequest request) {
        for (var each : request.getResourceLogsList()) {
            each.getScopeLogsList().forEach(new LogRecords(Places.of(each.getResource()), Instant.EPOCH)::add);
        }
    }

    private static String packed(String json, Message.Builder into) {
        JsonMessage.fill(into, Json.read(json, JsonNode.class));
        return new String(into.build().toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
