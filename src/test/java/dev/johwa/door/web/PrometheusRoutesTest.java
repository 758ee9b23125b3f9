package dev.johwa.door.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.source.identity.Role;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Prometheus' HTTP API as its clients ask it.
class PrometheusRoutesTest {
    @TempDir
    Path folder;

    @TempDir
    Path rigged;

    private final HttpClient http = HttpClient.newHttpClient();
    private final long now = Instant.now().toEpochMilli() / 10_000 * 10_000;
    private ReleaseRig rig;
    private GitDoor door;

    @BeforeEach
    void open() throws IOException {
        rig = new ReleaseRig(rigged);
        door = new GitDoor(folder, GitDoor.Engine.OWN, (push, progress) -> Optional.empty(), rig.releases());
        var points = new ArrayList<Point>();
        for (int i = 0; i <= 60; i++) {
            long at = now - 600_000 + i * 10_000L;
            for (var app : List.of("shop", "shop/api", "blog")) {
                points.add(new Point(
                        labels(
                                "johwa_app_requests_total",
                                Map.of(
                                        "app",
                                        app,
                                        "environment",
                                        "production",
                                        "release",
                                        "4",
                                        "status",
                                        i % 2 == 0 ? "200" : "500")),
                        Kind.COUNTER,
                        at,
                        10 * i));
            }
            points.add(new Point(labels("johwa_host_load1", Map.of()), Kind.GAUGE, at, 0.5));
        }
        assertThat(door.telemetry.take(points).dropped()).isZero();
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        door.close();
        rig.close();
    }

    private static Labels labels(String metric, Map<String, String> labels) {
        return Labels.of(labels).with(Labels.NAME, metric);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl("/prometheus/api/v1/" + path)))
                .header("Authorization", "Bearer " + token);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(door.plainUrl("/prometheus/api/v1/" + path)))
                .header("Authorization", "Bearer " + door.token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode data(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        var tree = Json.tree(response.body());
        assertThat(tree.path("status").asString()).isEqualTo("success");
        return tree.path("data");
    }

    private JsonNode values(String query, String token, int status) throws Exception {
        var address = door.plainUrl("/api/v1/metrics/values?query=" + encoded(query));
        var request = HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Json.tree(response.body());
    }

    @Test
    void theApiTellsValuesWithItsOwnProblems() throws Exception {
        var query = "sum by (app) (increase(johwa_app_requests_total[5m]))";
        var all = values(query, door.token, 200).path("values");
        assertThat(all.findValuesAsString("app")).containsExactlyInAnyOrder("shop", "shop/api", "blog");
        for (var one : Map.of("johwa_host_load1 * 1200", "600", "0 / 0", "NaN").entrySet()) {
            assertThat(values(one.getKey(), door.token, 200)
                            .path("values")
                            .get(0)
                            .path("value")
                            .asString())
                    .isEqualTo(one.getValue());
        }

        var reader = door.tokens.create("reader", Role.VIEWER, Optional.of("blog"));
        assertThat(values(query, reader, 200).path("values").findValuesAsString("app"))
                .containsExactly("blog");

        assertThat(values("johwa_app_requests_total[5m]", door.token, 400).toString())
                .contains("query.range", "rate(…)");
        assertThat(values("sum(", door.token, 400).toString()).contains("problems");
        assertThat(values(" ", door.token, 400).toString()).contains("the parameter query is missing");
    }

    @Test
    void aQueryIsAskedByAddressAndByForm() throws Exception {
        var query = "query=" + encoded("sum by (app) (increase(johwa_app_requests_total{app=\"shop\"}[5m]))") + "&time="
                + now / 1000;
        var data = data(get("query?" + query, door.token));
        assertThat(data.path("resultType").asString()).isEqualTo("vector");
        assertThat(data.path("result").get(0).path("metric").path("app").asString())
                .isEqualTo("shop");
        assertThat(data.path("result").get(0).path("value").get(0).asLong()).isEqualTo(now / 1000);
        assertThat(Double.parseDouble(
                        data.path("result").get(0).path("value").get(1).asString()))
                .isGreaterThan(500);
        assertThat(data(post("query", query))).isEqualTo(data);

        var range = data(post(
                "query_range",
                "query=johwa_host_load1&step=1m&start=" + (now / 1000 - 300) + "&end=" + Instant.ofEpochMilli(now)));
        assertThat(range.path("resultType").asString()).isEqualTo("matrix");
        assertThat(range.path("result").get(0).path("values")).hasSize(6);
        assertThat(range.path("result").get(0).path("values").get(5).toString())
                .isEqualTo("[" + now / 1000 + ",\"0.5\"]");
        assertThat(data(get("query?query=" + encoded("1 / 0"), door.token))
                        .path("result")
                        .get(1)
                        .asString())
                .isEqualTo("+Inf");
    }

    @Test
    void whatThereIsIsTold() throws Exception {
        assertThat(data(get("labels", door.token)).toString())
                .isEqualTo("[\"__name__\",\"app\",\"environment\",\"release\",\"status\"]");
        assertThat(data(get("label/app/values", door.token)).toString()).isEqualTo("[\"blog\",\"shop\",\"shop/api\"]");
        var selector = "match[]=" + encoded("johwa_app_requests_total{app=~\"shop.*\",status=\"200\"}");
        assertThat(data(get("series?" + selector, door.token))).hasSize(2);
        assertThat(data(post("series", selector + "&match[]=johwa_host_load1"))).hasSize(3);
        assertThat(data(get("metadata", door.token))
                        .path("johwa_app_requests_total")
                        .get(0)
                        .path("type")
                        .asString())
                .isEqualTo("counter");
        assertThat(data(get("status/buildinfo", door.token)).path("version").asString())
                .startsWith("3.");
    }

    @Test
    void metricsAreToldInTheWordsOfThoseWhoMayBeSeen() throws Exception {
        var helps = door.telemetry.helps();
        helps.tell("johwa_app_requests_total", "Requests to apps.");
        for (var app : List.of("shop", "blog")) {
            helps.tell(app, "orders", "Orders of " + app + ".");
            var orders = labels("orders_total", Map.of("app", app));
            door.telemetry.take(List.of(new Point(orders, Kind.COUNTER, now, 1)));
        }
        var all = data(get("metadata", door.token));
        assertThat(all.path("johwa_app_requests_total").findValuesAsString("help"))
                .containsExactly("Requests to apps.");
        assertThat(all.path("johwa_host_load1").get(0).path("help").asString()).isEmpty();
        assertThat(all.path("orders_total").findValuesAsString("help"))
                .containsExactly("Orders of shop.", "Orders of blog.");

        var viewer = door.tokens.create("viewer", Role.VIEWER, Optional.of("shop"));
        var ofShop = data(get("metadata?metric=orders_total", viewer));
        assertThat(ofShop).hasSize(1);
        assertThat(ofShop.path("orders_total").findValuesAsString("help")).containsExactly("Orders of shop.");
    }

    @Test
    void whatIsMissingIsNamedInPrometheusForm() throws Exception {
        refused(
                get("query?query=" + encoded("holt_winters(x[5m], 1, 1)"), door.token),
                400,
                "bad_data",
                "holt_winters");
        refused(get("query?query=" + encoded("sum("), door.token), 400, "bad_data", "parse error");
        refused(get("query", door.token), 400, "bad_data", "query");
        refused(get("query?query=1&time=yesterday", door.token), 400, "bad_data", "yesterday");
        refused(get("query_range?query=1&start=2&end=1&step=1", door.token), 400, "bad_data", "end timestamp");
        refused(get("query_range?query=1&start=1&end=100000&step=1", door.token), 400, "bad_data", "11,000");
        refused(get("series", door.token), 400, "bad_data", "match[]");
        refused(
                get(
                        "query?query="
                                + encoded("johwa_app_requests_total * on (environment) johwa_app_requests_total"),
                        door.token),
                422,
                "execution",
                "many-to-many");
    }

    private static void refused(HttpResponse<String> response, int status, String type, String words) {
        var tree = Json.tree(response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(tree.path("status").asString()).isEqualTo("error");
        assertThat(tree.path("errorType").asString()).isEqualTo(type);
        assertThat(tree.path("error").asString()).contains(words);
    }

    @Test
    void whoMaySeeOneProjectSeesItsSeriesOnly() throws Exception {
        var ofShop = door.tokens.create("viewer", Role.VIEWER, Optional.of("shop"));
        assertThat(data(get("label/app/values", ofShop)).toString()).isEqualTo("[\"shop\",\"shop/api\"]");
        assertThat(data(get("query?query=count(" + encoded("{__name__=~\".+\"}") + ")", ofShop))
                        .path("result")
                        .get(0)
                        .path("value")
                        .get(1)
                        .asString())
                .isEqualTo("4");
        assertThat(data(get("query?query=johwa_host_load1", ofShop)).path("result"))
                .isEmpty();
        assertThat(get("query?query=1", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void figuresOfAnAppAreByRelease() throws Exception {
        var app = apps("shop/api").path(0);
        assertThat(app.path("release").asInt()).isEqualTo(4);
        assertThat(app.path("requests").asDouble()).isBetween(520.0, 600.0);
        assertThat(app.path("errors").asDouble()).isBetween(240.0, 330.0);
        assertThat(apps("shop/api").size()).isEqualTo(1);
        assertThat(apps("shop").size()).as("a project is all of its apps").isEqualTo(2);
    }

    private JsonNode apps(String name) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create(door.plainUrl("/api/v1/metrics?name=" + encoded(name) + "&since=5m")))
                .header("Authorization", "Bearer " + door.token);
        return Json.tree(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("apps");
    }
}
