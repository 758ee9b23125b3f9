package dev.johwa.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Tools;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.Figures;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our look for figures that vanished and the rule that Prometheus gets, played by promtool, fire in the same minutes
/// on the same samples: of ten seconds, over eight hours.
class VanishedRuleTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final AppEnvironment SHOP = new AppEnvironment("shop", "shop", "production");
    private static final int OF_MINUTE = 6;
    private static final int STEPS = 8 * 60 * OF_MINUTE;
    /// When another release begins to serve, and when nobody looks.
    private static final int OTHER = 260 * OF_MINUTE;
    private static final int BLIND = 400 * OF_MINUTE;
    private static final int SEEING = 425 * OF_MINUTE;

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(START);
    /// In which steps each series is there, by its labels.
    private final Map<Map<String, String>, BitSet> series = new LinkedHashMap<>();

    @BeforeEach
    void history() {
        of(Map.of(Labels.NAME, "johwa_runs_ongoing"), VanishedRuleTest::isSeen);
        for (int release : List.of(3, 4)) {
            var number = String.valueOf(release);
            IntPredicate serves = step -> isSeen(step) && release == release(step);
            of(place("johwa_app_serving_release", number, Map.of("preview", "false")), serves);
            of(place("johwa_instance_start_time_seconds", number, Map.of("instance", "shop-web")), serves);
            own("visits", number, serves);
        }
        // Gone, there again, and gone when another release begins; seldom there; and as it falls.
        own("orders", "3", step -> isSeen(step) && !isIn(step, 83, 121) && step < 240 * OF_MINUTE);
        own("logins", "4", step -> isSeen(step) && step >= OTHER && !isIn(step, 330, 335) && step < 430 * OF_MINUTE);
        own("seldom", "3", step -> isSeen(step) && step / OF_MINUTE % 20 < 3 && step < OTHER);
        var random = new Random(11);
        for (int i = 0; i < 6; i++) {
            own("random" + i, i < 4 ? "3" : "4", periods(random, i < 4 ? 3 : 4));
        }
    }

    private static boolean isIn(int step, int from, int until) {
        return step >= from * OF_MINUTE + 2 && step < until * OF_MINUTE + 5;
    }

    private static boolean isSeen(int step) {
        return step < BLIND || step >= SEEING;
    }

    private static int release(int step) {
        return step < OTHER ? 3 : 4;
    }

    private static IntPredicate periods(Random random, int release) {
        var there = new BitSet();
        int at = 0;
        while (at < STEPS) {
            int end = at + random.nextInt(90 * OF_MINUTE);
            there.set(at, end);
            at = end + random.nextInt(25 * OF_MINUTE);
        }
        return step -> there.get(step) && isSeen(step) && release(step) == release;
    }

    private static Map<String, String> place(String name, String release, Map<String, String> more) {
        var labels = new TreeMap<>(more);
        labels.putAll(Map.of(Labels.NAME, name, "app", "shop", "environment", "production", "release", release));
        return labels;
    }

    private void own(String name, String release, IntPredicate isThere) {
        of(place(name, release, Map.of("instance", "shop-web", "process", "web", "job", "johwa-apps")), isThere);
    }

    private void of(Map<String, String> labels, IntPredicate isThere) {
        series.put(labels, IntStream.range(0, STEPS).filter(isThere).collect(BitSet::new, BitSet::set, BitSet::or));
    }

    @Test
    void bothFireInTheSameMinutes() throws Exception {
        var ours = ours();
        // Else nothing is shown by their being equal.
        assertThat(ours).hasSizeBetween(30, 300).contains(94, 251).doesNotContain(92, 130, 261, 420, 441);

        Files.writeString(folder.resolve("rules.yml"), PrometheusRules.of(List.of()));
        var test = Map.of(
                "rule_files",
                List.of("rules.yml"),
                "evaluation_interval",
                "1m",
                "tests",
                List.of(Map.of("interval", "10s", "input_series", input(), "promql_expr_test", expected(ours))));
        Files.writeString(folder.resolve("test.yml"), Json.write(test));
        var process = new ProcessBuilder(Tools.find("promtool"), "test", "rules", "test.yml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private TreeSet<Integer> ours() throws Exception {
        var minutes = new TreeSet<Integer>();
        var apps = new WatchedApps(this::figures, () -> List.of(SHOP), any -> false);
        try (var telemetry = new Telemetry(folder.resolve("metrics"), clock)) {
            var look = new Vanished(telemetry, apps, clock);
            for (int i = 0; i < STEPS; i++) {
                clock.set(START.plus(Telemetry.STEP.multipliedBy(i)));
                int step = i;
                var points = series.entrySet().stream()
                        .filter(each -> each.getValue().get(step))
                        .map(each -> new Point(
                                Labels.of(each.getKey()),
                                Kind.GAUGE,
                                clock.now().toEpochMilli(),
                                1))
                        .toList();
                telemetry.take(points);
                if (i % OF_MINUTE == 0
                        && look.isReady()
                        && !look.signs(any -> false).isEmpty()) {
                    minutes.add(i / OF_MINUTE);
                }
            }
        }
        return minutes;
    }

    private Figures figures() {
        int step = (int) Duration.between(START, clock.now()).dividedBy(Telemetry.STEP);
        var used = new Used(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty());
        int release = release(step);
        var started = release == 3 ? START : START.plus(Telemetry.STEP.multipliedBy(OTHER));
        return new Figures(
                List.of(new Figures.OfInstance(SHOP, "web", release, "shop-web", started, used, "")),
                List.of(),
                Map.of(SHOP, release));
    }

    /// What is gone is marked as such, as Prometheus does after a look that finds it no more.
    private List<Object> input() {
        var input = new ArrayList<>();
        series.forEach((labels, there) -> {
            var started = labels.getOrDefault("release", "3").equals("3") ? 0 : OTHER * 10;
            var value = labels.get(Labels.NAME).equals("johwa_instance_start_time_seconds") ? started : 1;
            var values = IntStream.range(0, STEPS)
                    .mapToObj(step ->
                            there.get(step) ? String.valueOf(value) : step > 0 && there.get(step - 1) ? "stale" : "_")
                    .collect(Collectors.joining(" "));
            var others = labels.entrySet().stream()
                    .filter(each -> !each.getKey().equals(Labels.NAME))
                    .map(each -> each.getKey() + "=\"" + each.getValue() + "\"")
                    .collect(Collectors.joining(","));
            input.add(Map.of("series", labels.get(Labels.NAME) + "{" + others + "}", "values", values));
        });
        return input;
    }

    private static List<Object> expected(TreeSet<Integer> ours) {
        var expected = new ArrayList<>();
        for (int minute = 0; minute < STEPS / OF_MINUTE; minute++) {
            var release = minute < OTHER / OF_MINUTE ? "3" : "4";
            var alert = "ALERTS{alertname=\"JohwaFiguresVanished\",alertstate=\"firing\",app=\"shop\","
                    + "environment=\"production\",release=\"" + release + "\",severity=\"ticket\"}";
            expected.add(Map.of(
                    "expr",
                    "ALERTS{alertname=\"JohwaFiguresVanished\"}",
                    "eval_time",
                    minute + "m",
                    "exp_samples",
                    ours.contains(minute) ? List.of(Map.of("labels", alert, "value", 1)) : List.of()));
        }
        return expected;
    }
}
