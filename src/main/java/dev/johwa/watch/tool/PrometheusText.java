package dev.johwa.watch.tool;

import dev.johwa.lib.json.Json;

/// How Prometheus reads what this platform exposes. Source of the form:
/// prometheus.io/docs/prometheus/latest/configuration/configuration.
final class PrometheusText {
    /// Where the token lies, beside the configuration.
    static final String TOKEN = "johwa.token";

    private PrometheusText() {}

    static String of(Watched watched) {
        return """
                # Made by `johwa eject --to prometheus`. The file %1$s holds a token that may read:
                #   johwa tokens new prometheus --role viewer
                global:
                  scrape_interval: 15s
                  evaluation_interval: 1m
                rule_files:
                  - johwa.rules.yml
                scrape_configs:
                  # Requests, errors and times of each app by release, its instances, and the platform itself.
                  - job_name: johwa
                    scheme: %2$s
                    metrics_path: /metrics
                    authorization:
                      credentials_file: %1$s
                    static_configs:
                      - targets: [%3$s]
                """.formatted(TOKEN, watched.isByTls() ? "https" : "http", Json.write(watched.target()));
    }
}
