package dev.johwa.door.web;

import dev.johwa.door.web.MetricsText.Sample;
import dev.johwa.serve.data.DataStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// How databases are, for a scraper; of those elsewhere nothing is known.
final class DataMetrics {
    private DataMetrics() {}

    static void write(MetricsText text, List<DataStatus> all) {
        var here = all.stream().filter(each -> !each.database().isElsewhere()).toList();
        text.gauge(
                "johwa_database_up",
                "Whether the database answers.",
                samples(here, each -> true, each -> each.problem().isEmpty() ? 1 : 0));
        text.gauge(
                "johwa_database_bytes",
                "What the database takes.",
                samples(
                        here,
                        each -> each.bytes().isPresent(),
                        each -> each.bytes().getAsLong()));
        text.gauge(
                "johwa_database_connections",
                "Open connections to the database.",
                samples(
                        here,
                        each -> each.connections().isPresent(),
                        each -> each.connections().getAsInt()));
        text.gauge(
                "johwa_database_connections_limit",
                "Connections that the application may have open.",
                samples(
                        here,
                        each -> each.limits().isPresent(),
                        each -> each.limits().orElseThrow().connections()));
    }

    private static List<Sample> samples(
            List<DataStatus> all, Predicate<DataStatus> known, ToDoubleFunction<DataStatus> value) {
        return all.stream()
                .filter(known)
                .map(each -> new Sample(labels(each), value.applyAsDouble(each)))
                .toList();
    }

    private static Map<String, String> labels(DataStatus status) {
        var database = status.database();
        return Map.of(
                "app", database.owner().name(),
                "environment", database.owner().environment(),
                "variable", database.variable(),
                "kind", database.kind().word(),
                "version", status.version());
    }
}
