package dev.johwa.watch.tool;

import dev.johwa.lib.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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
                """.formatted(TOKEN, scheme(watched), Json.write(watched.target()))
                + (watched.withOwn() ? own(watched) : "");
    }

    private static String scheme(Watched watched) {
        return watched.isByTls() ? "https" : "http";
    }

    /// Instances listen on their own machine only, and never see the token.
    private static String own(Watched watched) {
        return """
                  # What the apps tell of themselves: for a Prometheus on the machine where they run.
                  - job_name: johwa-apps
                    http_sd_configs:
                      - url: %2$s://%3$s/prometheus/targets?project=%4$s
                        refresh_interval: 30s
                        authorization:
                          # Prometheus 2 sends the bare token where this is not said.
                          type: Bearer
                          credentials_file: %1$s
                """.formatted(
                TOKEN, scheme(watched), watched.target(), URLEncoder.encode(watched.project(), StandardCharsets.UTF_8));
    }
}
