package dev.johwa.watch.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import dev.johwa.source.config.Slo;
import dev.johwa.watch.alert.Objectives;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The dashboard as Grafana's own types read it, and its queries as Prometheus' own engine answers them.
class GrafanaDashboardTest {
    private static final long MINUTE = 60_000;
    private static final String ROUND_TRIP = """
            import json, sys
            from grafana_foundation_sdk.cog.encoder import JSONEncoder
            from grafana_foundation_sdk.cog.plugins import register_default_plugins
            from grafana_foundation_sdk.models.dashboard import Dashboard
            register_default_plugins()
            print(JSONEncoder().encode(Dashboard.from_json(json.load(sys.stdin))))
            """;

    private final JsonNode board = Json.tree(GrafanaDashboard.of(new Watched(
            "shop",
            URI.create("https://johwa.example.com"),
            List.of("shop"),
            Objectives.of("shop", "production", Slo.NONE),
            false)));

    private String run(String input, String... argv) throws IOException, InterruptedException {
        var process = new ProcessBuilder(argv)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void grafanasTypesKeepAllThatItSays() throws Exception {
        var python = Tools.file("grafana/bin/python").toString();

        var kept = Json.tree(run(Json.write(board), python, "-c", ROUND_TRIP));

        var lost = new ArrayList<String>();
        compare("", board, kept, lost);
        // What its data source of Prometheus reads of an annotation, and its general types do not know.
        assertThat(lost)
                .allMatch(each -> each.matches("/annotations/list/0/(useValueForTime|titleFormat) is , not .*"));
    }

    /// What is added is Grafana's own.
    private static void compare(String place, JsonNode ours, JsonNode theirs, List<String> lost) {
        if (ours.isObject()) {
            ours.properties()
                    .forEach(each ->
                            compare(place + "/" + each.getKey(), each.getValue(), theirs.path(each.getKey()), lost));
        } else if (ours.isArray()) {
            for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
                compare(place + "/" + i, ours.path(i), theirs.path(i), lost);
            }
        } else if (!(ours.isNumber()
                ? theirs.isNumber() && ours.asDouble() == theirs.asDouble()
                : ours.equals(theirs))) {
            lost.add(place + " is " + theirs + ", not " + ours);
        }
    }

    @Test
    void eachQueryAnswersByRelease() throws Exception {
        var queries = new ArrayList<String>();
        board.path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr").asString())));
        board.path("annotations")
                .path("list")
                .forEach(each -> queries.add(each.path("expr").asString()));
        assertThat(queries).hasSize(9).last().asString().startsWith("min by (release)");
        var asked = queries.stream()
                .map(query -> Map.of("query", filled(query), "start", 60 * MINUTE, "end", 60 * MINUTE, "step", 0))
                .toList();

        var said = run(Json.write(Map.of("series", samples(), "queries", asked)), Tools.find("promql-oracle"));

        var answers = said.lines().map(Json::tree).toList();
        for (int i = 0; i < queries.size(); i++) {
            var answer = answers.get(i);
            assertThat(answer.path("error").asString("")).as(queries.get(i)).isEmpty();
            // A budget is of an app, all else of its two releases.
            int series = queries.get(i).contains("johwa:slo") ? 1 : 2;
            assertThat(answer.path("result")).as(queries.get(i)).hasSize(series);
            answer.path("result")
                    .forEach(each -> assertThat(
                                    each.path("values").path(0).path(1).asString())
                            .isNotEqualTo("NaN"));
        }
    }

    private static String filled(String query) {
        return query.replace("$app", "shop")
                .replace("$environment", "production")
                .replace("$__rate_interval", "5m");
    }

    /// An hour of all that is drawn, by release.
    private static List<Object> samples() {
        var samples = new ArrayList<>();
        for (var release : List.of("4", "5")) {
            add(samples, "johwa_app_requests_total", Map.of("release", release, "status", "200"), 90);
            add(samples, "johwa_app_requests_total", Map.of("release", release, "status", "500"), 10);
            for (var edge : List.of("0.1", "1", "+Inf")) {
                add(
                        samples,
                        "johwa_app_request_duration_seconds_bucket",
                        Map.of("release", release, "le", edge),
                        edge.equals("0.1") ? 50 : 100);
            }
            add(samples, "johwa_app_in_flight_requests", Map.of("release", release), 1);
            for (var figure : List.of("cpu_seconds_total", "memory_bytes", "start_time_seconds")) {
                add(samples, "johwa_instance_" + figure, Map.of("release", release, "instance", "i" + release), 3);
            }
        }
        add(samples, "johwa:slo_bad_requests:increase30d", Map.of("slo", "availability"), 1);
        add(samples, "johwa:slo_requests:increase30d", Map.of("slo", "availability"), 1000);
        add(samples, "johwa:slo_objective:ratio", Map.of("slo", "availability"), 0.0001);
        return samples;
    }

    /// @param each what it grows by in a minute
    private static void add(List<Object> samples, String name, Map<String, String> more, double each) {
        var labels = new HashMap<>(more);
        labels.putAll(Map.of("__name__", name, "app", "shop", "environment", "production"));
        var points = new ArrayList<>();
        for (int i = 0; i <= 60; i++) {
            points.add(List.of(i * MINUTE, Double.toString(each * i)));
        }
        samples.add(Map.of("labels", labels, "points", points));
    }
}
