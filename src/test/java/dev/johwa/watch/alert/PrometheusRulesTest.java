package dev.johwa.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own alerts and the rules that Prometheus gets fire at the same instants on the same samples.
class PrometheusRulesTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int STEP = 10_000;
    private static final int STEPS = 14 * 360;
    private static final List<Objective> OBJECTIVES = List.of(
            new Objective("shop", "production", new Measure.Availability(), 0.995),
            new Objective("shop", "production", new Measure.Latency(1), 0.99));

    @TempDir
    Path folder;

    /// A series of counts by its labels, one value each step.
    private final Map<Map<String, String>, double[]> series = new LinkedHashMap<>();

    @Test
    void bothFireAtTheSameInstants() throws Exception {
        history(new Random(7));
        var firing = new ArrayList<String>();
        try (var telemetry =
                new Telemetry(folder.resolve("metrics"), new FakeClock(START.plusMillis((long) STEP * STEPS)))) {
            keep(telemetry);
            var burning = new Burning(FiguresLedger.ofRules(telemetry));
            for (var objective : OBJECTIVES) {
                for (var pace : List.of(Pace.QUICK, Pace.STEADY)) {
                    var ours = ours(burning, objective, pace);
                    assertThat(ours).as(objective.text() + " " + pace).isEqualTo(theirs(objective, pace));
                    firing.add(
                            objective.measure().word() + " " + pace + " " + (ours.isEmpty() ? "never" : "sometimes"));
                }
            }
        }
        // Else nothing is shown by their being equal.
        assertThat(firing)
                .containsExactly(
                        "availability QUICK sometimes",
                        "availability STEADY sometimes",
                        "latency QUICK sometimes",
                        "latency STEADY sometimes");
    }

    /// Well, an outage, well, a slow hour, well.
    private void history(Random random) {
        var good = counts("johwa_app_requests_total", Map.of("status", "200"));
        var bad = counts("johwa_app_requests_total", Map.of("status", "502"));
        var all = counts("johwa_app_request_duration_seconds_count", Map.of());
        var fast = counts("johwa_app_request_duration_seconds_bucket", Map.of("le", "1"));
        for (int i = 1; i < STEPS; i++) {
            int hour = i / 360;
            int requests = random.nextInt(30);
            double failing = hour == 4 && i % 360 < 60 ? 0.6 : hour == 8 ? 0.2 : 0.0005;
            double slow = hour == 10 ? 0.6 : 0.001;
            int failed = (int)
                    random.doubles(requests).filter(each -> each < failing).count();
            int late =
                    (int) random.doubles(requests).filter(each -> each < slow).count();
            good[i] = good[i - 1] + requests - failed;
            bad[i] = bad[i - 1] + failed;
            all[i] = all[i - 1] + requests;
            fast[i] = fast[i - 1] + requests - late;
        }
    }

    private double[] counts(String name, Map<String, String> more) {
        var labels = new HashMap<>(Map.of("__name__", name, "app", "shop", "environment", "production"));
        labels.putAll(more);
        return series.computeIfAbsent(labels, any -> new double[STEPS]);
    }

    private static long at(int step) {
        return START.toEpochMilli() + (long) STEP * step;
    }

    private void keep(Telemetry telemetry) {
        for (int i = 0; i < STEPS; i++) {
            var points = new ArrayList<Point>();
            for (var each : series.entrySet()) {
                points.add(new Point(Labels.of(each.getKey()), Kind.COUNTER, at(i), each.getValue()[i]));
            }
            assertThat(telemetry.take(points).dropped()).isZero();
        }
    }

    private static List<Instant> minutes() {
        var minutes = new ArrayList<Instant>();
        for (int i = 60; i < STEPS * STEP / 60_000; i++) {
            minutes.add(START.plus(Duration.ofMinutes(i)));
        }
        return minutes;
    }

    private static List<Instant> ours(Burning burning, Objective objective, Pace pace) {
        return minutes().stream()
                .filter(at -> burning.find(objective, pace, at).isPresent())
                .toList();
    }

    private List<Instant> theirs(Objective objective, Pace pace) throws Exception {
        var minutes = minutes();
        var question = Map.of(
                "query", alert(objective, pace),
                "start", minutes.getFirst().toEpochMilli(),
                "end", minutes.getLast().toEpochMilli(),
                "step", 60_000);
        var input = Files.write(
                folder.resolve("in"), Json.bytes(Map.of("series", samples(), "queries", List.of(question))));
        var output = folder.resolve("out");
        var process = new ProcessBuilder(Tools.find("promql-oracle"))
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        var fired = new TreeMap<Long, Instant>();
        for (var each : Json.tree(Files.readString(output)).path("result")) {
            each.path("values").forEach(point -> {
                long at = point.path(0).asLong();
                fired.put(at, Instant.ofEpochMilli(at));
            });
        }
        return List.copyOf(fired.values());
    }

    private List<Object> samples() {
        var samples = new ArrayList<>();
        series.forEach((labels, values) -> {
            var points = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                points.add(List.of(at(i), Double.toString(values[i])));
            }
            samples.add(Map.of("labels", labels, "points", points));
        });
        return samples;
    }

    /// The expression of an alert as it is written, with those of its recording rules in their places.
    private static String alert(Objective objective, Pace pace) {
        var rules = PrometheusRules.of(List.of(objective));
        var expressions = new HashMap<String, String>();
        var rule = Pattern.compile("- record: (\\S+)\\n +expr: (\".*\")\\n").matcher(rules);
        while (rule.find()) {
            expressions.put(rule.group(1), Json.read(rule.group(2), String.class));
        }
        var wanted = Pattern.compile("- alert: JohwaBudgetBurns\\n +expr: (\".*\")\\n")
                .matcher(rules);
        for (int i = 0; i <= pace.ordinal(); i++) {
            assertThat(wanted.find()).isTrue();
        }
        return Pattern.compile("(johwa:slo_\\w+:\\w+)\\{[^}]*}")
                .matcher(Json.read(wanted.group(1), String.class))
                .replaceAll(found -> Matcher.quoteReplacement("(" + expressions.get(found.group(1)) + ")"));
    }
}
