package dev.johwa.door.web;

import dev.johwa.door.web.MetricsText.Sample;
import dev.johwa.watch.telemetry.Family;
import dev.johwa.watch.telemetry.Family.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the control plane tells of itself: its process and its own requests.
final class OwnMetrics {
    private static final Path PROC = Path.of("/proc/self");

    private OwnMetrics() {}

    static void process(MetricsText text) {
        var own = ProcessHandle.current().info();
        own.totalCpuDuration()
                .ifPresent(time -> text.counter(
                        "process_cpu_seconds_total", "Processor time of the control plane.", seconds(time)));
        own.startInstant()
                .ifPresent(start -> text.gauge(
                        "process_start_time_seconds",
                        "When the control plane started, since 1970.",
                        start.toEpochMilli() / 1000.0));
        status("VmRSS:")
                .ifPresent(kib -> text.gauge(
                        "process_resident_memory_bytes", "Memory of the control plane in RAM.", kib * 1024.0));
        text.gauge("process_open_fds", "Open files of the control plane.", openFiles());
        var runtime = Runtime.getRuntime();
        text.gauge("jvm_heap_used_bytes", "Java heap in use.", runtime.totalMemory() - (double) runtime.freeMemory());
        text.gauge("jvm_heap_max_bytes", "The most that the Java heap may grow to.", runtime.maxMemory());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static OptionalLong status(String key) {
        try (var lines = Files.lines(PROC.resolve("status"))) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static long openFiles() {
        try (var files = Files.list(PROC.resolve("fd"))) {
            return files.count();
        } catch (IOException e) {
            return 0;
        }
    }

    static void http(MetricsText text, HttpMeter meter) {
        var requests = new ArrayList<Sample>();
        var durations = new LinkedHashMap<Map<String, String>, Times>();
        meter.series().forEach((key, counted) -> {
            var buckets = IntStream.range(0, counted.buckets().length())
                    .mapToObj(counted.buckets()::get)
                    .toList();
            long count = buckets.stream().mapToLong(Long::longValue).sum();
            var labels = Map.of("method", key.method(), "route", key.route());
            var withStatus = new LinkedHashMap<>(labels);
            withStatus.put("status", Integer.toString(key.status()));
            requests.add(new Sample(withStatus, count));
            durations.merge(labels, new Times(buckets, counted.nanos().sum() / 1e9), Times::and);
        });
        text.counter("johwa_http_requests_total", "Requests to the control plane.", requests);
        text.family(new Family(
                "johwa_http_request_duration_seconds",
                Family.Type.HISTOGRAM,
                "How long requests to the control plane took.",
                durations.entrySet().stream()
                        .flatMap(each -> each.getValue().values(each.getKey()))
                        .toList()));
    }

    /// @param buckets as [HttpMeter] has them
    private record Times(List<Long> buckets, double seconds) {
        Times and(Times other) {
            var both = IntStream.range(0, buckets.size())
                    .mapToObj(i -> buckets.get(i) + other.buckets.get(i))
                    .toList();
            return new Times(both, seconds + other.seconds);
        }

        Stream<Value> values(Map<String, String> labels) {
            return Value.histogram(labels, HttpMeter.BOUNDS, buckets, seconds);
        }
    }
}
