package dev.johwa.watch.telemetry;

import dev.johwa.lib.process.OpenFiles;
import dev.johwa.lib.process.Usage.Turns;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.release.Figures.OfInstance;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import dev.johwa.source.config.Counter;
import dev.johwa.watch.log.LineCounts;
import dev.johwa.watch.telemetry.Family.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names, labels and help of what the platform counts by itself.
public final class Families {
    private Families() {}

    /// What the edge counted.
    public static List<Family> of(EdgeReport report) {
        return List.of(
                Family.gauge(
                        "johwa_edge_start_time_seconds",
                        "When the edge started, since 1970.",
                        report.startedAtMillis() / 1000.0),
                Family.gauge("johwa_edge_connections", "Open connections to the edge.", report.connections()),
                Family.gauge(
                        "johwa_edge_unhealthy_instances",
                        "Instances that do not answer.",
                        report.unhealthy().size()),
                Family.counter("johwa_app_requests_total", "Requests to apps.", requests(report)),
                Family.counter(
                        "johwa_app_received_bytes_total",
                        "Bytes that clients sent to apps.",
                        each(report, Counts::bytesIn)),
                Family.counter(
                        "johwa_app_sent_bytes_total",
                        "Bytes that apps sent to clients.",
                        each(report, Counts::bytesOut)),
                Family.gauge(
                        "johwa_app_in_flight_requests",
                        "Requests that apps work on now.",
                        each(report, Counts::inFlight)),
                new Family(
                        "johwa_app_request_duration_seconds",
                        Family.Type.HISTOGRAM,
                        "How long requests to apps took.",
                        report.counts().stream().flatMap(Families::times).toList()));
    }

    private static List<Value> requests(EdgeReport report) {
        var values = new ArrayList<Value>();
        for (var counts : report.counts()) {
            counts.statuses().forEach((status, number) -> {
                var labels = new HashMap<>(labels(counts));
                labels.put("status", Integer.toString(status));
                values.add(Value.of(labels, number));
            });
        }
        return values;
    }

    private static List<Value> each(EdgeReport report, ToDoubleFunction<Counts> value) {
        return report.counts().stream()
                .map(counts -> Value.of(labels(counts), value.applyAsDouble(counts)))
                .toList();
    }

    private static Stream<Value> times(Counts counts) {
        return Value.histogram(labels(counts), EdgeReport.BOUNDS, counts.buckets(), counts.seconds());
    }

    private static Map<String, String> labels(Counts counts) {
        return Map.of(
                "app", counts.app(),
                "environment", counts.environment(),
                "release", Integer.toString(counts.release()));
    }

    /// What apps count of their business: by the edge, or in lines of their logs.
    public static Family counted(List<Counts> edge, Map<LineCounts.Of, Long> lines) {
        var values = new ArrayList<Value>();
        edge.stream()
                .filter(counts -> counts.counted() > 0)
                .forEach(counts -> values.add(Value.of(labels(counts), counts.counted())));
        lines.forEach((of, number) -> {
            var labels = Map.of(
                    "app", of.where().name(),
                    "environment", of.where().environment(),
                    "release", Integer.toString(of.release()));
            values.add(Value.of(labels, number));
        });
        return Family.counter(Counter.OURS, "What an app counts of its business, by `counter` in johwa.yaml.", values);
    }

    /// What instances answered, of those that run.
    public static List<Family> of(EdgeReport report, Figures figures) {
        var asked = report.instances().stream()
                .collect(Collectors.toMap(EdgeReport.OfInstance::instance, each -> each, (one, other) -> one));
        var all = figures.instances().stream()
                .filter(each -> asked.containsKey(each.id()))
                .toList();
        return List.of(
                Family.counter(
                        "johwa_instance_requests_total",
                        "Requests to an instance.",
                        answered(all, asked, EdgeReport.OfInstance::requests)),
                Family.counter(
                        "johwa_instance_errors_total",
                        "Requests to an instance that failed: 500 and above, or no answer.",
                        answered(all, asked, EdgeReport.OfInstance::errors)),
                Family.counter(
                        "johwa_instance_request_seconds_total",
                        "How long requests to an instance took, all together.",
                        answered(all, asked, EdgeReport.OfInstance::seconds)),
                Family.gauge(
                        "johwa_instance_in_flight_requests",
                        "Requests that an instance works on now.",
                        answered(all, asked, EdgeReport.OfInstance::inFlight)));
    }

    private static List<Value> answered(
            List<OfInstance> all,
            Map<String, EdgeReport.OfInstance> asked,
            ToDoubleFunction<EdgeReport.OfInstance> value) {
        return all.stream()
                .flatMap(each -> Optional.ofNullable(asked.get(each.id())).stream()
                        .map(answers -> Value.of(labels(each), value.applyAsDouble(answers))))
                .toList();
    }

    /// What instances use, and how often they were started again.
    public static List<Family> of(Figures figures) {
        return Stream.concat(used(figures).stream(), near(figures).stream()).toList();
    }

    /// What they have beside what they may have.
    private static List<Family> near(Figures figures) {
        var all = figures.instances();
        return List.of(
                Family.counter(
                        "johwa_instance_cpu_periods_total",
                        "Tenths of a second in which an instance with a limit worked.",
                        values(all, each -> counted(each.used().turns(), Turns::worked))),
                Family.counter(
                        "johwa_instance_cpu_throttled_periods_total",
                        "Those in which it had used up its limit and had to wait.",
                        values(all, each -> counted(each.used().turns(), Turns::waited))),
                Family.gauge(
                        "johwa_instance_open_files",
                        "Files and connections that a process of an instance has open, the one nearest to its limit.",
                        values(all, each -> counted(each.used().open(), OpenFiles::files))),
                Family.gauge(
                        "johwa_instance_open_files_limit",
                        "Files and connections that this process may have open.",
                        values(all, each -> counted(each.used().open().filter(Families::isLimited), OpenFiles::limit))),
                Family.gauge(
                        "johwa_instance_disk_bytes",
                        "Files of an instance's own, measured every ten minutes.",
                        values(all, each -> number(each.used().diskBytes()))),
                Family.gauge(
                        "johwa_app_data_bytes",
                        "Files of an app that outlive its releases, measured every ten minutes.",
                        figures.data().entrySet().stream()
                                .map(each -> Value.of(
                                        Map.of(
                                                "app", each.getKey().name(),
                                                "environment", each.getKey().environment()),
                                        each.getValue()))
                                .toList()));
    }

    private static boolean isLimited(OpenFiles open) {
        return open.limit() < Long.MAX_VALUE;
    }

    private static <T> OptionalDouble counted(Optional<T> known, ToDoubleFunction<T> value) {
        return known.map(each -> OptionalDouble.of(value.applyAsDouble(each))).orElse(OptionalDouble.empty());
    }

    private static List<Family> used(Figures figures) {
        var all = figures.instances();
        return List.of(
                Family.gauge(
                        "johwa_instance_memory_bytes",
                        "Memory of an instance in RAM.",
                        values(all, each -> number(each.used().memoryBytes()))),
                Family.gauge(
                        "johwa_instance_memory_limit_bytes",
                        "Memory that an instance may have.",
                        values(all, each -> number(each.used().memoryLimitBytes()))),
                Family.counter(
                        "johwa_instance_cpu_seconds_total",
                        "Processor time of an instance.",
                        values(all, each -> each.used().cpuSeconds())),
                Family.gauge(
                        "johwa_instance_sockets",
                        "Sockets that an instance has open.",
                        values(all, each -> number(each.used().sockets()))),
                Family.gauge(
                        "johwa_instance_start_time_seconds",
                        "When an instance was started, since 1970.",
                        values(all, each -> OptionalDouble.of(each.startedAt().toEpochMilli() / 1000.0))),
                Family.counter(
                        "johwa_process_restarts_total",
                        "How often a process ended by itself and was started again, in the release that serves.",
                        figures.processes().stream()
                                .map(each -> Value.of(labels(each.where(), each.process()), each.restarts()))
                                .toList()));
    }

    private static OptionalDouble number(OptionalLong value) {
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value.getAsLong());
    }

    private static OptionalDouble number(OptionalInt value) {
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value.getAsInt());
    }

    private static List<Value> values(List<OfInstance> all, Function<OfInstance, OptionalDouble> value) {
        return all.stream()
                .flatMap(each -> value.apply(each).stream().mapToObj(number -> Value.of(labels(each), number)))
                .toList();
    }

    private static Map<String, String> labels(OfInstance instance) {
        var labels = new HashMap<>(labels(instance.where(), instance.process()));
        labels.put("instance", instance.id());
        labels.put("release", Integer.toString(instance.release()));
        return labels;
    }

    private static Map<String, String> labels(AppEnvironment where, String process) {
        return Map.of("app", where.name(), "environment", where.environment(), "process", process);
    }
}
