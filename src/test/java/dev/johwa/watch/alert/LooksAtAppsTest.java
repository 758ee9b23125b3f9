package dev.johwa.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Pipelines.Waiting;
import dev.johwa.build.pipeline.Run;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.Figures;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is too little, what is told no more, and what waits: by figures that are kept, and a clock that stands still.
class LooksAtAppsTest {
    private static final AppEnvironment SHOP = new AppEnvironment("shop", "shop", "production");
    private static final AppEnvironment PREVIEW = new AppEnvironment("shop", "shop", "feature");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final Instant started = clock.now();
    private Telemetry telemetry;
    private int release = 3;
    private final WatchedApps apps =
            new WatchedApps(this::figures, () -> List.of(SHOP, PREVIEW), where -> where.equals(PREVIEW));

    @BeforeEach
    void open() {
        telemetry = new Telemetry(folder, clock);
    }

    @AfterEach
    void close() throws IOException {
        telemetry.close();
    }

    private Figures figures() {
        var used = new Used(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty());
        return new Figures(
                List.of(new Figures.OfInstance(SHOP, "web", release, "shop-web", started, used, "")),
                List.of(),
                Map.of(SHOP, release));
    }

    /// A figure of an instance, that is what it is so many steps after the beginning.
    private record Told(String metric, AppEnvironment where, DoubleUnaryOperator value) {}

    /// Tells figures at each step of a time; no number is none.
    private void pass(Duration time, Told... told) {
        long steps = time.dividedBy(Telemetry.STEP);
        for (long i = 0; i < steps; i++) {
            clock.advance(Telemetry.STEP);
            long at = clock.now().toEpochMilli();
            double step = Duration.between(started, clock.now()).dividedBy(Telemetry.STEP);
            var points = new ArrayList<Point>();
            points.add(new Point(Labels.of(Map.of(Labels.NAME, "johwa_runs_ongoing")), Kind.GAUGE, at, 0));
            for (var each : told) {
                double value = each.value().applyAsDouble(step);
                if (!Double.isNaN(value)) {
                    boolean isCounter = each.metric().endsWith("_total");
                    points.add(new Point(labels(each), isCounter ? Kind.COUNTER : Kind.GAUGE, at, value));
                }
            }
            telemetry.take(points);
        }
    }

    private Labels labels(Told told) {
        var labels = new HashMap<>(Map.of(
                "app", told.where().name(),
                "environment", told.where().environment(),
                "release", String.valueOf(release),
                "process", "web",
                "instance", "shop-web"));
        labels.put(Labels.NAME, told.metric());
        return Labels.of(labels);
    }

    private static Told of(String metric, DoubleUnaryOperator value) {
        return new Told(metric, SHOP, value);
    }

    private List<Sign> saturated(String... open) {
        return new Saturation(telemetry, apps, clock).signs(List.of(open)::contains);
    }

    @Test
    void memoryNearItsLimitForTenMinutesIsTold() {
        var begun = of("johwa_instance_start_time_seconds", step -> started.getEpochSecond());
        var limit = of("johwa_instance_memory_limit_bytes", step -> 1000);
        pass(Duration.ofMinutes(9), begun, limit, of("johwa_instance_memory_bytes", step -> 970));
        assertThat(saturated()).as("it began just now").isEmpty();

        pass(Duration.ofMinutes(3), begun, limit, of("johwa_instance_memory_bytes", step -> 970));
        assertThat(saturated()).singleElement().satisfies(sign -> {
            assertThat(sign.key()).isEqualTo("saturated:shop:production:memory");
            assertThat(sign.words().headline()).startsWith("shop: web has 97 % of the memory that it may have");
        });

        pass(Duration.ofMinutes(11), begun, limit, of("johwa_instance_memory_bytes", step -> 930));
        assertThat(saturated()).isEmpty();
        assertThat(saturated("saturated:shop:production:memory"))
                .as("it does not come and go")
                .hasSize(1);
    }

    @Test
    void processorsAndFilesThatAreUsedUpAreToldButOfPreviews() {
        DoubleUnaryOperator worked = step -> 100 * step;
        DoubleUnaryOperator waited = step -> 60 * step;
        pass(
                Duration.ofMinutes(16),
                of("johwa_instance_cpu_periods_total", worked),
                of("johwa_instance_cpu_throttled_periods_total", waited),
                of("johwa_instance_open_files", step -> 950),
                of("johwa_instance_open_files_limit", step -> 1024),
                new Told("johwa_instance_open_files", PREVIEW, step -> 1000),
                new Told("johwa_instance_open_files_limit", PREVIEW, step -> 1024));
        assertThat(saturated())
                .extracting(Sign::key)
                .containsExactly("saturated:shop:production:processors", "saturated:shop:production:files");
        assertThat(saturated().getFirst().words().headline()).contains("had to wait in 60 % of the time");
        assertThat(new Saturation(telemetry, apps, clock).isThere("saturated:shop:production:files"))
                .isTrue();
        assertThat(new Saturation(telemetry, apps, clock).isThere("saturated:blog:production:files"))
                .isFalse();
    }

    private List<Sign> vanished(String... open) {
        var look = new Vanished(telemetry, apps, clock);
        return look.isReady() ? look.signs(List.of(open)::contains) : List.of();
    }

    @Test
    void aMetricThatWasThereForAnHourAndIsGoneForTenMinutesIsTold() throws IOException {
        var steady = of("visits", step -> step);
        var orders = of("orders", step -> step < 400 ? step : Double.NaN);
        var seldom = of("seldom", step -> step > 300 && step < 330 ? 1 : Double.NaN);
        pass(Duration.ofMinutes(75), steady, orders, seldom);
        assertThat(vanished()).as("gone for eight minutes").isEmpty();
        pass(Duration.ofMinutes(5), steady, orders, seldom);
        assertThat(vanished()).singleElement().satisfies(sign -> {
            assertThat(sign.key()).isEqualTo("vanished:shop:production:");
            assertThat(sign.words().headline()).isEqualTo("shop: orders is told no more");
        });

        // The next control plane has looked for no ten minutes, and then knows it from the condition alone.
        clock.advance(Duration.ofMinutes(70));
        telemetry.tend();
        close();
        open();
        assertThat(vanished("vanished:shop:production:")).isEmpty();
        pass(Duration.ofMinutes(10), steady);
        assertThat(vanished("vanished:shop:production:")).hasSize(1);
        pass(Duration.ofMinutes(1), steady, of("orders", step -> 1));
        assertThat(vanished("vanished:shop:production:"))
                .as("one that is told now and then is not waited for")
                .isEmpty();
    }

    @Test
    void anotherReleaseNeedNotTellTheSame() {
        pass(Duration.ofMinutes(70), of("orders", step -> step));
        release = 4;
        pass(Duration.ofMinutes(15), of("sales", step -> step));
        assertThat(vanished()).isEmpty();
        pass(Duration.ofMinutes(50), of("sales", step -> step));
        pass(Duration.ofMinutes(12));
        assertThat(vanished())
                .singleElement()
                .satisfies(sign -> assertThat(sign.words().headline())
                        .isEqualTo("shop: none of its own figures is told any more"));
    }

    @Test
    void aRunThatWaitsForTenMinutesIsTold() {
        var waiting = new ArrayList<Waiting>();
        var look = new Waits(() -> waiting, clock);
        waiting.add(new Waiting(run(12), clock.now()));
        clock.advance(Duration.ofMinutes(9));
        waiting.addFirst(new Waiting(run(13), clock.now()));
        assertThat(look.signs(key -> false)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(look.signs(key -> false))
                .singleElement()
                .satisfies(sign -> assertThat(sign.words().headline())
                        .isEqualTo("run 12 of shop waits for its turn since 10 m, of 2 that wait"));
    }

    private Run run(int number) {
        return new Run(
                "shop",
                number,
                "refs/heads/main",
                "c0ffee",
                "Fill the basket",
                Optional.empty(),
                "kim",
                Run.State.QUEUED,
                "",
                List.of(),
                1,
                clock.now(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
