package dev.johwa.watch.alert;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.schedule.Schedules;
import dev.johwa.watch.telemetry.Labels;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The same objectives as recording and alerting rules of Prometheus, over the figures that this platform exposes at
/// `/metrics`: requests are counted by window and divided last, so that no ratio is ever averaged.
public final class PrometheusRules {
    private static final Set<Duration> WINDOWS = windows();
    private static final String OF_NO_PREVIEW =
            " and on (app, environment) johwa_app_serving_release{preview=\"false\"}";

    private final StringBuilder text = new StringBuilder();

    private PrometheusRules() {}

    /// A rule file; YAML.
    public static String of(List<Objective> objectives) {
        var rules = new PrometheusRules();
        rules.line(0, "# Made by `johwa eject --to prometheus`. Objectives of apps, and the platform's own alerts.");
        rules.line(0, "groups:");
        objectives.forEach(rules::group);
        rules.ownFigures();
        rules.platform();
        return rules.text.toString();
    }

    private static Set<Duration> windows() {
        var windows = new LinkedHashSet<Duration>();
        Arrays.stream(Pace.values()).forEach(pace -> {
            windows.add(pace.shortWindow());
            windows.add(pace.longWindow());
        });
        windows.add(Pace.PERIOD);
        return windows;
    }

    private void group(Objective objective) {
        line(1, "- name: " + Json.write(name(objective)));
        line(2, "interval: 1m");
        line(2, "rules:");
        record("johwa:slo_objective:ratio", "vector(" + number(objective.target()) + ")", objective);
        WINDOWS.stream().sorted().forEach(window -> counts(objective, window));
        Arrays.stream(Pace.values()).forEach(pace -> alert(objective, pace));
    }

    private static String name(Objective objective) {
        return "johwa " + objective.app() + " " + objective.environment() + " "
                + objective.measure().word();
    }

    private void counts(Objective objective, Duration window) {
        record("johwa:slo_requests:increase" + word(window), total(objective, window), objective);
        record(
                "johwa:slo_bad_requests:increase" + word(window),
                bad(objective, window) + " or 0 * " + total(objective, window),
                objective);
    }

    private void record(String name, String expression, Objective objective) {
        line(3, "- record: " + name);
        line(4, "expr: " + Json.write(expression));
        labels(objective);
    }

    private void labels(Objective objective) {
        line(4, "labels:");
        line(5, "app: " + Json.write(objective.app()));
        line(5, "environment: " + Json.write(objective.environment()));
        line(5, "slo: " + objective.measure().word());
    }

    /// How many requests of an objective were counted in a window; PromQL.
    static String total(Objective objective, Duration window) {
        var name = switch (objective.measure()) {
            case Measure.Availability _ -> "johwa_app_requests_total";
            case Measure.Latency _ -> "johwa_app_request_duration_seconds_count";
        };
        return "sum(increase(" + name + "{" + selector(objective) + "}[" + word(window) + "]))";
    }

    /// How many of them broke it; empty where none is known.
    static String bad(Objective objective, Duration window) {
        return switch (objective.measure()) {
            case Measure.Availability _ ->
                "sum(increase(johwa_app_requests_total{" + selector(objective) + ",status=~\"5..\"}[" + word(window)
                        + "]))";
            // Prometheus 3 writes whole bounds as 1.0, those before it as they came.
            case Measure.Latency(var seconds) ->
                total(objective, window) + " - sum(increase(johwa_app_request_duration_seconds_bucket{"
                        + selector(objective) + ",le=~\"" + bound(seconds) + "\"}[" + word(window) + "]))";
        };
    }

    private static String bound(double seconds) {
        var text = Double.toString(seconds);
        return text.endsWith(".0")
                ? text.substring(0, text.length() - 2) + "|" + text.replace(".", "\\\\.")
                : text.replace(".", "\\\\.");
    }

    private static String selector(Objective objective) {
        return "app=" + Labels.quoted(objective.app()) + ",environment=" + Labels.quoted(objective.environment());
    }

    private void alert(Objective objective, Pace pace) {
        var limit = number(Math.min(pace.factor() * objective.budget(), Pace.MOST));
        line(3, "- alert: JohwaBudgetBurns");
        line(
                4,
                "expr: "
                        + Json.write(share(objective, pace.shortWindow()) + " > " + limit + " and "
                                + share(objective, pace.longWindow()) + " > " + limit + " and "
                                + counted("johwa:slo_bad_requests", objective, pace.longWindow()) + " >= "
                                + Pace.LEAST_BAD));
        labels(objective);
        line(5, "severity: " + (pace.isUrgent() ? "page" : "ticket"));
        line(5, "pace: " + pace.name().toLowerCase(Locale.ROOT));
        line(4, "annotations:");
        line(
                5,
                "summary: "
                        + Json.write(objective.app() + " in " + objective.environment() + ": " + objective.text()
                                + " is not kept: {{ $value | printf \"%.0f\" }} bad requests in "
                                + word(pace.longWindow())));
    }

    private static String share(Objective objective, Duration window) {
        return counted("johwa:slo_bad_requests", objective, window) + " / "
                + counted("johwa:slo_requests", objective, window);
    }

    private static String counted(String name, Objective objective, Duration window) {
        return name + ":increase" + word(window) + "{" + selector(objective) + ",slo=\""
                + objective.measure().word() + "\"}";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value).replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    /// `5m`, `1h`, `3d`.
    static String word(Duration window) {
        if (window.toDays() > 0) {
            return window.toDays() + "d";
        }
        return window.toHours() > 0 ? window.toHours() + "h" : window.toMinutes() + "m";
    }

    private void ownFigures() {
        line(1, "- name: johwa own figures");
        line(2, "interval: 1m");
        line(2, "rules:");
        OwnFigures.records().forEach((name, expression) -> {
            line(3, "- record: " + name);
            line(4, "expr: " + Json.write(expression));
        });
        simple(
                "JohwaFiguresVanished",
                OwnFigures.vanished(),
                "0m",
                "ticket",
                "{{ $value }} figures of {{ $labels.app }} in {{ $labels.environment }} are told no more, though"
                        + " release {{ $labels.release }} runs: those of johwa:own_figure:steady that are not in"
                        + " johwa:own_figure:series");
    }

    private void platform() {
        line(1, "- name: johwa");
        line(2, "rules:");
        // Who hears nothing of it any more knows that nobody watches: route it to a dead man's switch.
        simple("JohwaWatchdog", "vector(1)", "0m", "none", "It always fires, as long as somebody watches");
        simple("JohwaDown", "up{job=\"johwa\"} == 0", "2m", "page", "Johwa does not answer");
        simple("JohwaEdgeDown", "johwa_edge_up == 0", "1m", "page", "The edge does not answer");
        simple(
                "JohwaDatabaseDown",
                "johwa_database_up == 0",
                "1m",
                "page",
                "A database server of {{ $labels.app }} is down");
        simple("JohwaBackupFails", "johwa_backup_failing == 1", "5m", "ticket", "The backup fails");
        simple(
                "JohwaDiskFills",
                // As we say it ourselves: of a large disk a tenth is much.
                "johwa_disk_free_bytes < clamp_max(0.1 * johwa_disk_size_bytes, " + (10L << 30) + ")",
                "5m",
                "ticket",
                "The disk has {{ $value | humanize1024 }}B left");
        simple(
                "JohwaCrashLoop",
                "sum by (app, environment) (increase(johwa_process_restarts_total[10m])) >= 4" + OF_NO_PREVIEW,
                "0m",
                "page",
                "{{ $labels.app }} in {{ $labels.environment }} ends again and again");
        jobs();
        needs();
    }

    private void jobs() {
        simple(
                "JohwaJobMissed",
                "time() - johwa_job_missed_timestamp_seconds < 600" + OF_NO_PREVIEW,
                "0m",
                "ticket",
                "Job {{ $labels.job_name }} of {{ $labels.app }} in {{ $labels.environment }} was missed: the server was"
                        + " not there");
        simple(
                "JohwaJobSkipped",
                "johwa_job_skipped_times >= " + Schedules.SKIPPED_TOLD + OF_NO_PREVIEW,
                "0m",
                "ticket",
                "Job {{ $labels.job_name }} of {{ $labels.app }} in {{ $labels.environment }} was skipped {{ $value }}"
                        + " times in a row: a run of it still goes on");
    }

    private void needs() {
        for (var need : Need.values()) {
            simple(
                    need.rule(),
                    need.tooMuch() + OF_NO_PREVIEW,
                    "0m",
                    "ticket",
                    "{{ $labels.process }} of {{ $labels.app }} in {{ $labels.environment }} "
                            + need.told("{{ $value | humanizePercentage }}"));
        }
    }

    private void simple(String name, String expression, String lasting, String severity, String summary) {
        line(3, "- alert: " + name);
        line(4, "expr: " + Json.write(expression));
        line(4, "for: " + lasting);
        line(4, "labels:");
        line(5, "severity: " + severity);
        line(4, "annotations:");
        line(5, "summary: " + Json.write(summary));
    }

    private void line(int depth, String words) {
        text.append("  ".repeat(depth)).append(words).append('\n');
    }
}
