package dev.johwa.watch.tool;

import dev.johwa.source.eject.Ejection;
import dev.johwa.watch.alert.PrometheusRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of a project for the tools that a team has.
public final class WatchFiles {
    private WatchFiles() {}

    /// @return files in a folder for each tool
    public static Ejection of(Watched watched, Set<Tool> tools) {
        var files = new LinkedHashMap<Path, String>();
        var gaps = new ArrayList<String>();
        var next = new ArrayList<String>();
        for (var tool : tools) {
            files(watched, tool)
                    .forEach((name, text) -> files.put(Path.of(tool.word()).resolve(name), text));
            gaps.addAll(gaps(tool));
            next.addAll(next(tool));
        }
        return new Ejection(files, List.of(), gaps, next);
    }

    private static Map<String, String> files(Watched watched, Tool tool) {
        return switch (tool) {
            case PROMETHEUS ->
                Map.of(
                        "prometheus.yml",
                        PrometheusText.of(watched),
                        "johwa.rules.yml",
                        PrometheusRules.of(watched.objectives()));
            case ALERTMANAGER -> Map.of("alertmanager.yml", AlertmanagerText.of());
            case GRAFANA ->
                Map.of(
                        watched.project() + ".json",
                        GrafanaDashboard.of(watched),
                        "dashboards.yml",
                        GrafanaDashboard.provisioning());
            case FLUENTD -> Map.of("fluent.conf", ForwardText.fluentd(watched));
            case FLUENT_BIT -> Map.of("fluent-bit.yaml", ForwardText.fluentBit(watched));
            case VECTOR -> Map.of("vector.yaml", ForwardText.vector(watched));
        };
    }

    private static List<String> gaps(Tool tool) {
        return switch (tool) {
            case PROMETHEUS -> List.of();
            case ALERTMANAGER -> List.of("alertmanager: the addresses of those who are told are yours to write");
            case GRAFANA ->
                List.of("grafana: the dashboard was tried with Grafana's types and Prometheus' engine, not in Grafana");
            case FLUENTD, FLUENT_BIT, VECTOR ->
                List.of(tool.word() + ": written by its documentation and not tried with the program itself");
        };
    }

    private static List<String> next(Tool tool) {
        return switch (tool) {
            case PROMETHEUS -> List.of("promtool check config prometheus/prometheus.yml");
            case ALERTMANAGER -> List.of("amtool check-config alertmanager/alertmanager.yml");
            case GRAFANA, FLUENTD, FLUENT_BIT, VECTOR -> List.of();
        };
    }
}
