package dev.johwa.watch.tool;

import dev.johwa.lib.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A dashboard of Grafana: requests, errors and times of an app by release, what is left of its budgets, its instances,
/// and a mark at each release. Source of the form: grafana.com/docs/grafana/latest/visualizations/dashboards/
/// build-dashboards/view-dashboard-json-model.
final class GrafanaDashboard {
    private static final Map<String, Object> SOURCE = Map.of("type", "prometheus", "uid", "${source}");
    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;
    private static final String OF = "app=\"$app\",environment=\"$environment\"";

    private final List<Object> panels = new ArrayList<>();

    private GrafanaDashboard() {}

    static String of(Watched watched) {
        var board = new GrafanaDashboard();
        board.panels();
        return Json.pretty(board.model(watched)) + "\n";
    }

    /// How Grafana finds dashboards of a folder.
    static String provisioning() {
        return """
                # Made by `johwa eject --to grafana`. Put it into provisioning/dashboards.
                apiVersion: 1
                providers:
                  - name: johwa
                    folder: Johwa
                    type: file
                    options:
                      path: /var/lib/grafana/dashboards/johwa
                """;
    }

    private void panels() {
        graph(
                "Requests by release",
                "reqps",
                "{{release}}",
                "sum by (release) (rate(johwa_app_requests_total{" + OF + "}[$__rate_interval]))");
        graph(
                "Errors by release",
                "percentunit",
                "{{release}}",
                "sum by (release) (rate(johwa_app_requests_total{" + OF + ",status=~\"5..\"}[$__rate_interval]))"
                        + " / sum by (release) (rate(johwa_app_requests_total{" + OF + "}[$__rate_interval]))");
        for (var share : List.of("0.5", "0.95")) {
            graph(
                    (share.equals("0.5") ? "Half" : "95 of 100") + " of the answers took at most",
                    "s",
                    "{{release}}",
                    "histogram_quantile(" + share
                            + ", sum by (release, le) (rate(johwa_app_request_duration_seconds_bucket{" + OF
                            + "}[$__rate_interval])))");
        }
        graph(
                "Left of the budget of 30 days",
                "percentunit",
                "{{slo}}",
                "1 - johwa:slo_bad_requests:increase30d{" + OF + "} / (johwa:slo_requests:increase30d{" + OF
                        + "} * on (app, environment, slo) group_left () (1 - johwa:slo_objective:ratio{" + OF + "}))");
        graph(
                "Requests in flight",
                "short",
                "{{release}}",
                "sum by (release) (johwa_app_in_flight_requests{" + OF + "})");
        graph(
                "Processor time",
                "short",
                "{{release}}",
                "sum by (release) (rate(johwa_instance_cpu_seconds_total{" + OF + "}[$__rate_interval]))");
        graph("Memory", "bytes", "{{release}}", "sum by (release) (johwa_instance_memory_bytes{" + OF + "})");
    }

    private void graph(String title, String unit, String legend, String query) {
        int at = panels.size();
        var panel = new LinkedHashMap<String, Object>();
        panel.put("id", at + 1);
        panel.put("type", "timeseries");
        panel.put("title", title);
        panel.put("datasource", SOURCE);
        panel.put("gridPos", Map.of("h", HEIGHT, "w", WIDTH, "x", at % 2 * WIDTH, "y", at / 2 * HEIGHT));
        panel.put("fieldConfig", Map.of("defaults", Map.of("unit", unit, "min", 0), "overrides", List.of()));
        panel.put(
                "targets",
                List.of(Map.of(
                        "refId", "A", "datasource", SOURCE, "expr", query, "legendFormat", legend, "range", true)));
        panels.add(panel);
    }

    private Map<String, Object> model(Watched watched) {
        var model = new LinkedHashMap<String, Object>();
        model.put("uid", "johwa-" + watched.project());
        model.put("title", watched.project());
        model.put("tags", List.of("johwa"));
        model.put("schemaVersion", 39);
        model.put("timezone", "browser");
        model.put("refresh", "30s");
        model.put("time", Map.of("from", "now-6h", "to", "now"));
        model.put("templating", Map.of("list", variables(watched)));
        model.put("annotations", Map.of("list", List.of(releases())));
        model.put("panels", panels);
        return model;
    }

    private static List<Object> variables(Watched watched) {
        return List.of(
                Map.of("name", "source", "label", "Source", "type", "datasource", "query", "prometheus"),
                custom("app", "App", watched.apps()),
                query(
                        "environment",
                        "Environment",
                        "label_values(johwa_app_requests_total{app=\"$app\"}, environment)"));
    }

    private static Map<String, Object> custom(String name, String label, List<String> values) {
        return Map.of("name", name, "label", label, "type", "custom", "query", String.join(",", values));
    }

    private static Map<String, Object> query(String name, String label, String query) {
        return Map.of(
                "name", name, "label", label, "type", "query", "datasource", SOURCE, "query", query, "refresh", 2);
    }

    /// A release begins with the first instance that starts of it.
    private static Map<String, Object> releases() {
        return Map.of(
                "name",
                "Releases",
                "enable",
                true,
                "iconColor",
                "blue",
                "datasource",
                SOURCE,
                "expr",
                "min by (release) (johwa_instance_start_time_seconds{" + OF + "}) * 1000",
                "useValueForTime",
                true,
                "titleFormat",
                "Release {{release}}");
    }
}
