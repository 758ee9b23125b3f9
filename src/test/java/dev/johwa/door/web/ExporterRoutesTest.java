package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.identity.Role;
import dev.johwa.watch.log.Fields;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Exporters;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What OpenTelemetry's exporters send.
class ExporterRoutesTest {
    private static final String PROTOBUF = "application/x-protobuf";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final long now = Instant.now().toEpochMilli();
    private GitDoor door;

    @BeforeEach
    void open() {
        door = new GitDoor(folder);
    }

    @AfterEach
    void close() {
        http.close();
        door.close();
    }

    private HttpResponse<byte[]> send(String path, byte[] body, Map<String, String> fields, String token)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl("/v1/" + path)))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        fields.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportMetricsServiceRequest request(String app, List<Metric> metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", app))
                                .addAttributes(attribute("service.version", "7")))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(metrics)))
                .build();
    }

    private NumberDataPoint point(long at, long value) {
        return NumberDataPoint.newBuilder()
                .setTimeUnixNano(at * 1_000_000)
                .setAsInt(value)
                .addAttributes(attribute("http.route", "/cart"))
                .addAttributes(attribute("app", "an attribute"))
                .build();
    }

    private List<Answer.Value> ask(String query) {
        return ((Answer.Vector) door.telemetry.instant(query, Instant.ofEpochMilli(now), any -> true)).values();
    }

    @Test
    void aPointKeepsNameAttributesValueAndItsOwnTime() throws Exception {
        long old = now - 40 * 3_600_000L;
        var metric = Metric.newBuilder()
                .setName("cart.items")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(point(old, 3))
                        .addDataPoints(point(old + 5_000, 4))
                        .addDataPoints(point(now - 1, 5)))
                .build();
        var answer = send(
                "metrics",
                packed(request("shop/api", List.of(metric)).toByteArray()),
                Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"),
                door.token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(ExportMetricsServiceResponse.parseFrom(answer.body()).hasPartialSuccess())
                .isFalse();
        assertThat(ask("{\"cart.items\"}")).singleElement().satisfies(each -> {
            assertThat(each.value()).isEqualTo(5);
            assertThat(each.labels().map())
                    .containsEntry("http.route", "/cart")
                    .containsEntry("app", "shop/api")
                    .containsEntry("release", "7")
                    .containsEntry("environment", "production");
        });
        var matrix = (Answer.Matrix) door.telemetry.instant(
                "{\"cart.items\",\"http.route\"=\"/cart\"}[47h]", Instant.ofEpochMilli(now), any -> true);
        assertThat(matrix.series().getFirst().samples().times()).containsExactly(old, old + 5_000, now - 1);
        assertThat(matrix.series().getFirst().samples().values()).containsExactly(3, 4, 5);
    }

    @Test
    void sumsAndHistogramsBecomeCounters() throws Exception {
        for (int i = 3; i >= 1; i--) {
            long at = now - i * 10_000L;
            var sum = Metric.newBuilder()
                    .setName("orders")
                    .setSum(Sum.newBuilder()
                            .setIsMonotonic(true)
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                            .addDataPoints(point(at, 10)))
                    .build();
            var histogram = Metric.newBuilder()
                    .setName("seconds")
                    .setHistogram(Histogram.newBuilder()
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                            .addDataPoints(HistogramDataPoint.newBuilder()
                                    .setTimeUnixNano(at * 1_000_000)
                                    .addExplicitBounds(0.5)
                                    .addExplicitBounds(1)
                                    .addBucketCounts(4 - i)
                                    .addBucketCounts(4 - i)
                                    .addBucketCounts(0)
                                    .setCount(2L * (4 - i))
                                    .setSum(1.5)))
                    .build();
            var body = request("shop", List.of(sum, histogram)).toByteArray();
            assertThat(send("metrics", body, Map.of("Content-Type", PROTOBUF), door.token)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(ask("orders").getFirst().value()).isEqualTo(30);
        assertThat(ask("seconds_bucket{le=\"1\"}").getFirst().value()).isEqualTo(6);
        assertThat(ask("histogram_quantile(0.5, rate(seconds_bucket[5m]))")
                        .getFirst()
                        .value())
                .isEqualTo(0.5);
        assertThat(ask("seconds_count").getFirst().value()).isEqualTo(6);
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        var body = """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                "scopeMetrics":[{"metrics":[{"name":"visits","unknown":1,"sum":{"isMonotonic":true,
                "aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"%d000000","asInt":"41",
                "attributes":[{"key":"kind","value":{"intValue":"2"}}]}]}}]}]}]}""".formatted(now);
        var answer = send(
                "metrics",
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json; charset=utf-8"),
                door.token);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(ask("visits{kind=\"2\"}").getFirst().value()).isEqualTo(41);
    }

    @Test
    void whatIsNotTakenIsToldByCountAndReason() throws Exception {
        var exponential = Metric.newBuilder()
                .setName("spread")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .addDataPoints(
                                ExponentialHistogramDataPoint.newBuilder().setCount(1)))
                .build();
        var tomorrow = Metric.newBuilder()
                .setName("late")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(point(now + 86_400_000, 1))
                        .addDataPoints(point(now - 3 * 86_400_000, 1))
                        .addDataPoints(point(now, 1)))
                .build();
        var answer = ExportMetricsServiceResponse.parseFrom(send(
                        "metrics",
                        request("shop", List.of(exponential, tomorrow)).toByteArray(),
                        Map.of("Content-Type", PROTOBUF),
                        door.token)
                .body());
        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
        assertThat(answer.getPartialSuccess().getErrorMessage())
                .contains("exponential", "1 too old", "1 in the future");
        assertThat(ask("late")).hasSize(1);
    }

    @Test
    void aTokenOfAProjectSendsForThatProjectOnly() throws Exception {
        var ofShop = door.tokens.create("exporter", Role.MAINTAINER, Optional.of("shop"));
        var viewer = door.tokens.create("viewer", Role.VIEWER, Optional.empty());
        var gauge = Metric.newBuilder()
                .setName("level")
                .setGauge(Gauge.newBuilder().addDataPoints(point(now, 1)))
                .build();
        for (var token : List.of(ofShop, viewer)) {
            var body = request("blog", List.of(gauge)).toByteArray();
            var answer = ExportMetricsServiceResponse.parseFrom(
                    send("metrics", body, Map.of("Content-Type", PROTOBUF), token)
                            .body());
            assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1);
            assertThat(answer.getPartialSuccess().getErrorMessage()).contains("blog");
        }
        var body = request("shop", List.of(gauge)).toByteArray();
        send("metrics", body, Map.of("Content-Type", PROTOBUF), ofShop);
        assertThat(ask("level")).hasSize(1);
        assertThat(send("metrics", body, Map.of("Content-Type", PROTOBUF), "wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void recordsOfLogsAreKeptWithTheirFields() throws Exception {
        var record = LogRecord.newBuilder()
                .setTimeUnixNano(now * 1_000_000 + 7)
                .setSeverityNumberValue(17)
                .setBody(AnyValue.newBuilder().setStringValue("it broke"))
                .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("tries")
                        .setValue(AnyValue.newBuilder().setIntValue(3)));
        var request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", "shop"))
                                .addAttributes(attribute("service.version", "7")))
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(
                                ScopeLogs.newBuilder().addLogRecords(record).addLogRecords(record)))
                .build();

        var answer = send(
                "logs",
                packed(request.toByteArray()),
                Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"),
                door.token);

        assertThat(answer.statusCode()).isEqualTo(200);
        var told = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(told.getRejectedLogRecords()).isEqualTo(2);
        assertThat(told.getErrorMessage()).contains("service.name");
        var json = """
                {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                "scopeLogs":[{"scope":{"name":"web"},"logRecords":[{"timeUnixNano":"%d","severityText":"Warn","unknown":1,
                "body":{"stringValue":"again"},"attributes":[{"key":"a","value":{"arrayValue":{"values":[{"boolValue":true}]}}}]}]}]}]}
                """.formatted(now * 1_000_000 + 8);
        answer = send(
                "logs", json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"), door.token);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");

        var lines = door.logs.read(LogSearch.last("shop", "production", 10));
        assertThat(lines).extracting(LogLine::text).containsExactly("it broke", "again");
        assertThat(LogLine.nanos(lines.getFirst().at())).isEqualTo(now * 1_000_000 + 7);
        assertThat(lines.getFirst().source().release()).isEqualTo(7);
        assertThat(Fields.of(lines.getFirst()))
                .isEqualTo(Map.of("level", "error", "trace_id", "0102030405060708090a0b0c0d0e0f10", "tries", 3));
        assertThat(Fields.of(lines.getLast())).isEqualTo(Map.of("level", "warn", "logger", "web", "a", List.of(true)));
    }

    @Test
    void anAppsOwnTokenSendsForThatAppAndDoesNothingElse() throws Exception {
        var keys = door.telemetry.keys();
        var gauge = Metric.newBuilder()
                .setName("level")
                .setGauge(Gauge.newBuilder().addDataPoints(point(now, 1)))
                .build();
        keys.at("http://0.0.0.0:8080");
        var values = keys.values(new AppEnvironment("shop", "api", "production"), 7, "127.0.0.1");
        assertThat(keys.values(new AppEnvironment("shop", "api", "production"), 7, "johwa.internal"))
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://johwa.internal:8080");
        assertThat(keys.port()).hasValue(8080);
        assertThat(values)
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:8080")
                .containsEntry("OTEL_SERVICE_NAME", "shop/api")
                .containsEntry("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        var token = String.valueOf(values.get("OTEL_EXPORTER_OTLP_HEADERS")).replace("Authorization=Bearer%20", "");
        var fields = Map.of("Content-Type", PROTOBUF);
        send("metrics", request("blog", List.of(gauge)).toByteArray(), fields, token);
        assertThat(ask("level")).isEmpty();
        send("metrics", request("shop/api", List.of(gauge)).toByteArray(), fields, token);
        assertThat(ask("level")).hasSize(1);
        var forged = keys.token("blog").replaceFirst("[^.]*$", token.replaceFirst(".*\\.", ""));
        assertThat(send("metrics", new byte[0], fields, forged).statusCode()).isEqualTo(401);
        var query = HttpRequest.newBuilder(URI.create(door.plainUrl("/prometheus/api/v1/query?query=1")))
                .header("Authorization", "Bearer " + token);
        assertThat(http.send(query.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void openTelemetrysOwnExportersAreTaken() throws Exception {
        door.telemetry.keys().at(door.plainUrl(""));
        var process = new ProcessBuilder(Tools.file("otel/bin/python").toString(), "src/test/resources/otel/emit.py")
                .redirectErrorStream(true);
        process.environment()
                .putAll(door.telemetry.keys().values(new AppEnvironment("shop", "shop", "production"), 7, "127.0.0.1"));
        var started = process.start();
        var said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();

        assertThat(sent("orders{app=\"shop\",release=\"7\",kind=\"book\"}")).isEqualTo(7);
        assertThat(sent("waiting")).isEqualTo(2);
        assertThat(sent("{__name__=\"http.server.request.duration_count\"}")).isEqualTo(1);
        assertThat(sent("johwa_spans_total")).isEqualTo(1);
        var line = door.logs.read(LogSearch.last("shop", "production", 10)).getFirst();
        assertThat(line.text()).isEqualTo("it broke with s3cret");
        assertThat(line.source().release()).isEqualTo(7);
        assertThat(Fields.of(line)).containsEntry("level", "error").containsEntry("tries", 3);
        assertThat(Fields.of(line).get("trace_id")).isNotNull();
    }

    private double sent(String query) {
        return door.telemetry.number(query, Instant.now()).orElseThrow();
    }

    @Test
    void spansAreCountedNotKept() throws Exception {
        var body = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
                "scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
                "name":"a","kind":2},{"name":"b"}]}]}]}""";
        var answer = send(
                "traces",
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"),
                door.token);
        assertThat(answer.statusCode()).isEqualTo(200);
        var partial =
                Json.tree(new String(answer.body(), StandardCharsets.UTF_8)).path("partialSuccess");
        assertThat(partial.path("rejectedSpans").asString()).isEqualTo("0");
        assertThat(partial.path("errorMessage").asString()).contains("counted");
        assertThat(((Answer.Vector) door.telemetry.instant("johwa_spans_total", Instant.now(), any -> true)).values())
                .singleElement()
                .satisfies(each -> assertThat(each.value()).isEqualTo(2));
    }

    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        var bomb = packed(new byte[Exporters.LARGEST + 1]);
        assertThat(bomb.length).isLessThan(100_000);
        status(413, bomb, Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"));
        status(400, new byte[] {1, 2, 3}, Map.of("Content-Type", PROTOBUF));
        status(400, new byte[] {1, 2, 3}, Map.of("Content-Type", PROTOBUF, "Content-Encoding", "gzip"));
        status(
                400,
                "{\"resourceMetrics\":1}".getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"));
        status(400, "{".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        status(415, new byte[0], Map.of("Content-Type", "text/plain"));
        status(415, new byte[0], Map.of("Content-Type", PROTOBUF, "Content-Encoding", "zstd"));
        status(200, new byte[0], Map.of("Content-Type", PROTOBUF));
    }

    private void status(int status, byte[] body, Map<String, String> fields) throws Exception {
        assertThat(send("metrics", body, fields, door.token).statusCode()).isEqualTo(status);
    }
}
