package dev.johwa.door.web;

import dev.johwa.door.web.MetricsText.Sample;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.release.Figures.OfInstance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/// What instances use and how often they were started again, for a scraper.
final class InstanceMetrics {
    private InstanceMetrics() {}

    static void write(MetricsText text, Figures figures) {
        var all = figures.instances();
        text.gauge(
                "johwa_instance_memory_bytes",
                "Memory of an instance in RAM.",
                samples(all, each -> number(each.used().memoryBytes())));
        text.gauge(
                "johwa_instance_memory_limit_bytes",
                "Memory that an instance may have.",
                samples(all, each -> number(each.used().memoryLimitBytes())));
        text.counter(
                "johwa_instance_cpu_seconds_total",
                "Processor time of an instance.",
                samples(all, each -> each.used().cpuSeconds()));
        text.gauge(
                "johwa_instance_start_time_seconds",
                "When an instance was started, since 1970.",
                samples(all, each -> OptionalDouble.of(each.startedAt().toEpochMilli() / 1000.0)));
        text.counter(
                "johwa_process_restarts_total",
                "How often a process ended by itself and was started again, in the release that serves.",
                figures.processes().stream()
                        .map(each -> new Sample(labels(each.where(), each.process()), each.restarts()))
                        .toList());
    }

    private static OptionalDouble number(OptionalLong value) {
        return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value.getAsLong());
    }

    private static List<Sample> samples(List<OfInstance> all, Function<OfInstance, OptionalDouble> value) {
        return all.stream()
                .filter(each -> value.apply(each).isPresent())
                .map(each -> new Sample(labels(each), value.apply(each).getAsDouble()))
                .toList();
    }

    private static Map<String, String> labels(OfInstance instance) {
        var labels = labels(instance.where(), instance.process());
        labels.put("instance", instance.id());
        labels.put("release", Integer.toString(instance.release()));
        return labels;
    }

    private static Map<String, String> labels(AppEnvironment where, String process) {
        return new HashMap<>(Map.of("app", where.name(), "environment", where.environment(), "process", process));
    }
}
