package dev.johwa.watch.telemetry;

import dev.johwa.build.pipeline.RunCount;
import dev.johwa.build.pipeline.RunFigures;
import dev.johwa.watch.telemetry.Family.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Names, labels and help of what is counted of runs.
public final class RunFamilies {
    private RunFamilies() {}

    /// @param now what waits is measured by
    public static List<Family> of(RunFigures figures, Instant now) {
        var longest = figures.waiting().stream()
                .min(Instant::compareTo)
                .filter(since -> since.isBefore(now))
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
        return List.of(
                Family.gauge("johwa_runs_ongoing", "Runs that wait or go on.", figures.ongoing()),
                Family.gauge(
                        "johwa_runs_waiting",
                        "Runs that wait for their turn.",
                        figures.waiting().size()),
                Family.gauge(
                        "johwa_runs_longest_wait_seconds",
                        "How long the run that waits for longest has waited.",
                        seconds(longest)),
                counter(figures, "johwa_runs_total", "Runs that ended.", RunFamilies::outcomes),
                counter(
                        figures,
                        "johwa_run_wait_seconds_total",
                        "How long runs waited for their turn.",
                        (labels, count) -> Stream.of(Value.of(labels, seconds(count.waited())))),
                new Family(
                        "johwa_run_duration_seconds",
                        Family.Type.HISTOGRAM,
                        "How long runs took, from their beginning.",
                        values(figures, RunFamilies::durations)),
                counter(
                        figures,
                        "johwa_run_stages_total",
                        "Parts of runs that were worked at.",
                        (labels, count) -> stages(labels, count, each -> each.times())),
                counter(
                        figures,
                        "johwa_run_stage_seconds_total",
                        "How long parts of runs took.",
                        (labels, count) -> stages(labels, count, each -> seconds(each.worked()))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Family counter(
            RunFigures figures,
            String name,
            String help,
            BiFunction<Map<String, String>, RunCount, Stream<Value>> values) {
        return Family.counter(name, help, values(figures, values));
    }

    private static List<Value> values(
            RunFigures figures, BiFunction<Map<String, String>, RunCount, Stream<Value>> values) {
        return figures.counts().entrySet().stream()
                .flatMap(each -> values.apply(Map.of(Labels.PROJECT, each.getKey()), each.getValue()))
                .toList();
    }

    private static Stream<Value> outcomes(Map<String, String> labels, RunCount count) {
        return count.outcomes().entrySet().stream()
                .map(each -> Value.of(
                        with(labels, "outcome", each.getKey().name().toLowerCase(Locale.ROOT)), each.getValue()));
    }

    private static Stream<Value> durations(Map<String, String> labels, RunCount count) {
        return Value.histogram(labels, RunCount.BOUNDS, count.buckets(), seconds(count.worked()));
    }

    private static Stream<Value> stages(
            Map<String, String> labels, RunCount count, ToDoubleFunction<RunCount.StageTime> value) {
        return count.stages().entrySet().stream()
                .map(each -> Value.of(with(labels, "stage", each.getKey()), value.applyAsDouble(each.getValue())));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var all = new HashMap<>(labels);
        all.put(name, value);
        return all;
    }
}
