package dev.johwa.watch.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.johwa.lib.clock.FakeClock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.source.config.Counter;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was told to the store comes back whole, whichever tier it is read from.
class HistoryTest {
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final AppEnvironment SHOP = new AppEnvironment("shop", "shop", "production");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(START);
    private final Map<String, Double> counters = new HashMap<>();
    private Telemetry telemetry;
    private History history;
    private Optional<Counter> counter = Optional.empty();

    @BeforeEach
    void open() {
        telemetry = new Telemetry(folder, clock);
        history = new History(telemetry, clock, where -> counter);
    }

    @AfterEach
    void close() throws Exception {
        telemetry.close();
    }

    private Point counter(String metric, int release, String label, String value, double more) {
        var labels = labels(metric, release, label, value);
        return new Point(
                labels, Kind.COUNTER, clock.now().toEpochMilli(), counters.merge(labels.toString(), more, Double::sum));
    }

    private static Labels labels(String metric, int release, String label, String value) {
        return Labels.of(Map.of(
                Labels.NAME,
                metric,
                "app",
                "shop",
                "environment",
                "production",
                "release",
                Integer.toString(release),
                label,
                value));
    }

    /// Ten seconds of a release: so many good and bad requests, all within 0.1 s, and memory.
    private void tell(int release, double good, double bad, double memory) {
        var points = new ArrayList<Point>();
        points.add(counter("johwa_app_requests_total", release, "status", "200", good));
        points.add(counter("johwa_app_requests_total", release, "status", "503", bad));
        for (var bound : List.of("0.05", "0.1", "+Inf")) {
            points.add(counter(
                    "johwa_app_request_duration_seconds_bucket",
                    release,
                    "le",
                    bound,
                    bound.equals("0.05") ? 0 : good + bad));
        }
        points.add(counter("johwa_instance_cpu_seconds_total", release, "instance", "a", 5));
        points.add(new Point(
                labels("johwa_instance_memory_bytes", release, "instance", "a"),
                Kind.GAUGE,
                clock.now().toEpochMilli(),
                memory));
        assertThat(telemetry.take(points).dropped()).isZero();
        telemetry.tend();
    }

    private void step() {
        clock.set(clock.now().plus(Telemetry.STEP));
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).sum();
    }

    @Test
    void everyRequestIsInOneStepOfEachLength() {
        tell(1, 0, 0, 100);
        for (int i = 0; i < 5 * 360; i++) {
            step();
            tell(i < 720 ? 1 : 2, 10, i % 10 == 0 ? 1 : 0, i % 2 == 0 ? 100 : 200);
        }
        for (var length : List.of(Window.Length.DAY, Window.Length.WEEK, Window.Length.MONTH, Window.Length.YEARS)) {
            var course = history.course(SHOP, history.lately(length));
            assertThat(course.releases())
                    .extracting(each -> each.number().orElse(0))
                    .containsExactly(2, 1);
            var newest = course.releases().getFirst();
            var first = course.releases().getLast();
            // What the second release was asked before the first look at it is of unknown age.
            assertThat(newest.requests()).as(length.word()).isEqualTo(1080 * 10 + 108 - 11);
            assertThat(first.requests()).as(length.word()).isEqualTo(720 * 10 + 72);
            assertThat(first.errors()).isEqualTo(72);
        }
    }

    @Test
    void whatItCountsIsToldByReleaseUnderItsName() {
        counter = Optional.of(new Counter("orders", Optional.empty(), Optional.empty(), Optional.of("orders_total")));
        for (int i = 0; i <= 180; i++) {
            int release = i < 90 ? 1 : 2;
            tell(release, 10, 0, 100);
            telemetry.take(List.of(counter("orders_total", release, "instance", "a", i == 0 || i == 90 ? 0 : release)));
            step();
        }
        var course = history.course(SHOP, history.lately(Window.Length.HOUR));
        assertThat(course.counter()).contains("orders");
        assertThat(course.releases()).extracting(Course.OfRelease::counted).containsExactly(180.0, 89.0);
        // Six a minute times two.
        assertThat(course.releases().getFirst().perMinute()).contains(12.0);
    }

    @Test
    void stepsTellRatesSharesTimesAndWhatInstancesUsed() {
        tell(1, 0, 0, 100);
        for (int i = 0; i < 720; i++) {
            step();
            tell(1, 9, 1, i % 2 == 0 ? 100 : 200);
        }
        var release = history.course(SHOP, history.lately(Window.Length.DAY))
                .releases()
                .getFirst();
        int step = 288 - 6;
        assertThat(release.perSecond()[step]).isEqualTo(1, offset(1e-9));
        assertThat(release.share()[step]).isEqualTo(0.1, offset(1e-9));
        assertThat(release.times().half()[step]).isEqualTo(0.075, offset(1e-9));
        assertThat(release.times().most()[step]).isEqualTo(0.0975, offset(1e-9));
        assertThat(release.cores()[step]).isEqualTo(0.5, offset(1e-9));
        assertThat(release.memory()[step]).isEqualTo(150, offset(1e-9));
        // Two hours are known, the rest is a gap.
        assertThat(release.perSecond()[100]).isNaN();
    }

    @Test
    void whatGrewWhileNobodyLookedIsInNoStep() {
        tell(1, 0, 0, 100);
        for (int i = 0; i < 60; i++) {
            step();
            tell(1, 10, 0, 100);
        }
        clock.set(clock.now().plus(Duration.ofMinutes(20)));
        tell(1, 1_000_000, 0, 100);
        var release = history.course(SHOP, history.lately(Window.Length.HOUR))
                .releases()
                .getFirst();
        assertThat(release.requests()).isEqualTo(600);
        assertThat(Arrays.stream(release.perSecond()).filter(Double::isFinite).max())
                .hasValue(1);
    }

    @Test
    void manyReleasesAreTheNewestAndTheRest() {
        for (int release = 1; release <= 6; release++) {
            tell(release, 0, 0, 1);
            step();
            tell(release, 10, 0, 1);
        }
        var releases = history.course(SHOP, history.lately(Window.Length.HOUR)).releases();
        assertThat(releases).extracting(each -> each.number().orElse(0)).containsExactly(6, 5, 4, 0);
        assertThat(releases.getLast().requests()).isEqualTo(30);
        var window = history.from(List.of(START), Duration.ofHours(1)).getFirst();
        var alone = history.course(SHOP, 2, window);
        assertThat(alone.releases())
                .singleElement()
                .satisfies(each -> assertThat(sum(each.perSecond())).isPositive());
    }

    @Test
    void instancesThatFollowEachOtherHaveNoMoreMemoryThanEach() {
        for (int i = 0; i < 360; i++) {
            step();
            long now = clock.now().toEpochMilli();
            // A minute without looks is none without memory.
            if (i % 30 < 24) {
                var label = "i" + i / 5;
                telemetry.take(List.of(
                        new Point(labels("johwa_instance_memory_bytes", 1, "instance", label), Kind.GAUGE, now, 100),
                        new Point(Labels.of(Map.of(Labels.NAME, "johwa_runs_ongoing")), Kind.GAUGE, now, 0)));
            }
        }
        var release = history.course(SHOP, history.lately(Window.Length.DAY))
                .releases()
                .getFirst();
        assertThat(Arrays.stream(release.memory()).filter(Double::isFinite))
                .hasSize(12)
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(100, offset(1e-9)));
    }

    @Test
    void noneOfVeryManyReleasesIsLost() {
        for (int release = 1; release <= 60; release++) {
            // Not in the order of their names, as a store tells them.
            tell(release * 37 % 61, 0, 0, 1);
            step();
            tell(release * 37 % 61, 10, 0, 1);
        }
        var releases = history.course(SHOP, history.lately(Window.Length.HOUR)).releases();
        assertThat(releases).extracting(each -> each.number().orElse(0)).containsExactly(60, 59, 58, 0);
        assertThat(releases.getLast().requests()).isEqualTo(570);
        assertThat(sum(releases.getLast().perSecond())).isPositive();
    }

    @Test
    void aReleaseLongAgoThatServesAgainIsTheOneThatIsTold() {
        for (int i = 0; i < 2; i++) {
            for (int release = 1; release <= 40; release++) {
                // Counters of all that the edge ever knew are told on.
                telemetry.take(
                        List.of(counter("johwa_app_requests_total", release, "status", "200", release == 7 ? 10 : 0)));
            }
            step();
        }
        assertThat(history.course(SHOP, history.lately(Window.Length.HOUR)).releases())
                .extracting(each -> each.number().orElse(0))
                .containsExactly(7);
    }

    @Test
    void releasesThatAreComparedAreAsFineAsTheOlderOneIsKept() {
        clock.set(START.plus(Duration.ofDays(5)));
        var windows = history.from(List.of(clock.now().minus(Duration.ofHours(2)), START), Duration.ofHours(1));
        assertThat(windows).extracting(each -> each.grid().step()).containsOnly(Duration.ofMinutes(1));
        assertThat(windows).extracting(each -> each.grid().count()).containsOnly(60);
    }

    @Test
    void timesThatAreLongAgoAreAsFineAsTheyAreKept() {
        clock.set(START.plus(Duration.ofDays(100)));
        assertThat(history.lately(Window.Length.HOUR).grid().step()).isEqualTo(Duration.ofSeconds(30));
        assertThat(history.around(START.plus(Duration.ofDays(90)), Window.Length.HOUR)
                        .grid()
                        .step())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(history.around(START, Window.Length.HOUR).grid().step()).isEqualTo(Duration.ofHours(1));
        var around = history.around(START.plus(Duration.ofDays(90)), Window.Length.HOUR);
        assertThat(Duration.between(around.from(), around.until())).isEqualTo(Duration.ofHours(1));
    }
}
