package dev.johwa.door.web;

import dev.johwa.watch.telemetry.Family;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes Prometheus' text format 0.0.4, one family after another.
/// Source of the format: prometheus.io/docs/instrumenting/exposition_formats.
final class MetricsText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /// One number with its labels.
    record Sample(Map<String, String> labels, double value) {
        Sample {
            labels = new TreeMap<>(labels);
        }
    }

    MetricsText gauge(String name, String help, double value) {
        return gauge(name, help, List.of(new Sample(Map.of(), value)));
    }

    MetricsText gauge(String name, String help, List<Sample> samples) {
        return family(name, help, "gauge", samples);
    }

    MetricsText counter(String name, String help, List<Sample> samples) {
        return family(name, help, "counter", samples);
    }

    MetricsText counter(String name, String help, double value) {
        return counter(name, help, List.of(new Sample(Map.of(), value)));
    }

    /// What the store has too.
    void family(Family family) {
        if (!family.values().isEmpty()) {
            head(family.name(), family.help(), Words.lower(family.type()));
            family.values()
                    .forEach(each -> line(family.name() + each.part(), new TreeMap<>(each.labels()), each.value()));
        }
    }

    private MetricsText family(String name, String help, String type, List<Sample> samples) {
        if (!samples.isEmpty()) {
            head(name, help, type);
            samples.forEach(sample -> line(name, sample.labels(), sample.value()));
        }
        return this;
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, Map<String, String> labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append(labels.entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                    .collect(Collectors.joining(",", "{", "}")));
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    String text() {
        return text.toString();
    }
}
