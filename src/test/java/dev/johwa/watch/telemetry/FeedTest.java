package dev.johwa.watch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.johwa.build.pipeline.Run;
import dev.johwa.build.pipeline.RunCount;
import dev.johwa.build.pipeline.RunFigures;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.OpenFiles;
import dev.johwa.lib.process.Usage.Turns;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus.Used;
import dev.johwa.serve.release.Figures;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.watch.log.LineCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-01T12:00:00Z"));
    private final List<EdgeReport.Counts> counts = new ArrayList<>();
    private Optional<Telemetry> open = Optional.empty();
    private final Probe probe = new Probe();
    private double cpu;
    private long startedAt = 5;

    @AfterEach
    void close() throws IOException {
        probe.close();
        if (open.isPresent()) {
            open.get().close();
        }
    }

    private Telemetry telemetry() {
        if (open.isEmpty()) {
            open = Optional.of(new Telemetry(folder.resolve("metrics"), clock));
        }
        return open.get();
    }

    private List<EdgeReport.OfInstance> answers = List.of();
    private final Map<LineCounts.Of, Long> lines = new HashMap<>();

    private Figures figures() {
        var where = new AppEnvironment("shop", "shop", "production");
        var used = new Used(
                OptionalLong.of(4096),
                OptionalLong.empty(),
                OptionalDouble.of(cpu),
                OptionalDouble.empty(),
                OptionalInt.of(3),
                OptionalLong.of(8192),
                Optional.of(new OpenFiles(3, 9, 1024)),
                Optional.of(new Turns(100, 25)));
        return new Figures(
                List.of(new Figures.OfInstance(where, "web", 3, "shop-3-web-a", clock.now(), used, "")),
                List.of(new Figures.OfProcess(where, "web", 2)),
                Map.of(),
                Map.of(where, 4711L));
    }

    private final RunCount runs = new RunCount(
            Map.of(Run.State.PASSED, 3L, Run.State.FAILED, 2L),
            List.of(0L, 4L, 1L, 0L, 0L, 0L, 0L, 0L, 0L),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Map.of("test", new RunCount.StageTime(5, Duration.ofSeconds(15))));

    private Feed feed() {
        return new Feed(
                telemetry(),
                clock,
                new Feed.Sights(
                        () -> Optional.of(new EdgeReport(startedAt, List.copyOf(counts), List.of(), 7, answers)),
                        this::figures,
                        () -> lines,
                        () -> new RunFigures(1, List.of(clock.now().minusSeconds(40)), Map.of("shop", runs)),
                        probe,
                        folder));
    }

    private void serve(int release, long good, long bad) {
        counts.removeIf(each -> each.release() == release);
        var buckets = new ArrayList<>(Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L));
        buckets.set(3, good + bad);
        counts.add(new EdgeReport.Counts(
                "shop", "production", release, good + bad, Map.of(200, good, 500, bad), buckets, 1.5, 10, 20, 0, 0, 0));
    }

    @Test
    void seriesOfOldReleasesAreNotKnownForever() {
        var feed = feed();
        tick(feed);
        serve(3, 40, 0);
        tick(feed);
        counts.clear();
        clock.advance(Duration.ofMinutes(30));
        tick(feed);
        // Away for a moment, it goes on; let go by the edge for an hour, it counts from nothing.
        serve(3, 45, 0);
        tick(feed);
        assertThat(ask("sum(johwa_increase(johwa_app_requests_total{release=\"3\"}[1h]))")
                        .orElseThrow())
                .isCloseTo(45, within(0.5));
        counts.clear();
        clock.advance(Duration.ofMinutes(61));
        tick(feed);
        serve(3, 50, 0);
        tick(feed);
        assertThat(ask("sum(johwa_increase(johwa_app_requests_total{release=\"3\"}[1m]))")
                        .orElseThrow())
                .isCloseTo(50, within(0.5));
    }

    private Optional<Double> ask(String query) {
        return telemetry().number(query, clock.now());
    }

    private void tick(Feed feed) {
        clock.advance(Telemetry.STEP);
        feed.sample();
        telemetry().tend();
    }

    @Test
    void requestsOfAReleaseAreAllSeenThoughItsSeriesBeginLater() {
        var feed = feed();
        tick(feed);
        serve(3, 40, 10);
        tick(feed);
        for (int i = 0; i < 4; i++) {
            tick(feed);
        }
        assertThat(ask("sum(increase(johwa_app_requests_total{app=\"shop\",release=\"3\"}[1m]))")
                        .orElseThrow())
                .isBetween(45.0, 55.0);
        assertThat(
                        ask(
                                "sum(increase(johwa_app_requests_total{status=~\"5..\"}[1m])) / sum(increase(johwa_app_requests_total[1m]))"))
                .hasValue(0.2);
        assertThat(ask("histogram_quantile(0.5, sum by (le) (rate(johwa_app_request_duration_seconds_bucket[1m])))")
                        .orElseThrow())
                .isBetween(0.025, 0.05);
    }

    @Test
    void whatAnAppCountsIsSeenByReleaseWhicheverWay() {
        var feed = feed();
        lines.put(new LineCounts.Of(new AppEnvironment("blog", "blog", "production"), 7), 0L);
        tick(feed);
        counts.add(
                new EdgeReport.Counts("shop", "production", 3, 50, Map.of(200, 50L), List.of(), 1.5, 10, 20, 0, 0, 4));
        lines.put(new LineCounts.Of(new AppEnvironment("blog", "blog", "production"), 7), 9L);
        tick(feed);
        tick(feed);
        assertThat(ask("johwa_app_counted_total{app=\"shop\",release=\"3\"}")).hasValue(4.0);
        assertThat(ask("sum(johwa_increase(johwa_app_counted_total{app=\"shop\"}[1m]))"))
                .hasValue(4.0);
        assertThat(ask("sum(johwa_increase(johwa_app_counted_total{app=\"blog\",release=\"7\"}[1m]))"))
                .hasValue(9.0);
    }

    @Test
    void anEdgeThatBeganAnewLosesNothing() {
        var feed = feed();
        serve(3, 100, 0);
        tick(feed);
        serve(3, 130, 0);
        tick(feed);
        startedAt = 6;
        serve(3, 20, 0);
        tick(feed);
        tick(feed);
        assertThat(ask("max_over_time(johwa_app_requests_total{status=\"200\"}[1m])"))
                .hasValue(130.0);
        assertThat(ask("increase(johwa_app_requests_total{status=\"200\"}[1m])").orElseThrow())
                .isBetween(50.0, 70.0);
    }

    @Test
    void instancesHostAndBuildsAreSeen() {
        var feed = feed();
        for (int i = 0; i < 7; i++) {
            cpu += 5;
            answers = List.of(
                    new EdgeReport.OfInstance("shop-3-web-a", 20 * i, 5 * i, i, 2),
                    new EdgeReport.OfInstance("shop-2-web-a", 9, 9, 9, 0));
            tick(feed);
        }
        assertThat(ask("rate(johwa_instance_errors_total[1m]) / rate(johwa_instance_requests_total[1m])"))
                .hasValue(0.25);
        assertThat(ask("johwa_instance_in_flight_requests{release=\"3\"}")).hasValue(2.0);
        // One that no release names any more is told by nobody.
        assertThat(ask("count(johwa_instance_requests_total)")).hasValue(1.0);
        assertThat(ask("rate(johwa_instance_cpu_seconds_total{instance=\"shop-3-web-a\"}[1m])")
                        .orElseThrow())
                .isBetween(0.49, 0.51);
        assertThat(ask("johwa_instance_memory_bytes{process=\"web\"}")).hasValue(4096.0);
        assertThat(ask("johwa_process_restarts_total")).hasValue(2.0);
        assertThat(ask("johwa_instance_disk_bytes{release=\"3\"}")).hasValue(8192.0);
        assertThat(ask("johwa_app_data_bytes{app=\"shop\"}")).hasValue(4711.0);
        assertThat(ask("johwa_instance_open_files + johwa_instance_open_files_limit + johwa_instance_sockets"))
                .hasValue(1036.0);
        assertThat(ask("johwa_instance_cpu_throttled_periods_total / johwa_instance_cpu_periods_total"))
                .hasValue(0.25);
        assertThat(telemetry().kinds(any -> true).keySet())
                .as("each says what it is")
                .isNotEmpty()
                .allSatisfy(metric ->
                        assertThat(telemetry().helps().of(metric, any -> true)).hasSize(1));
        assertThat(ask("johwa_runs_ongoing")).hasValue(1.0);
        assertThat(ask("johwa_runs_waiting")).hasValue(1.0);
        assertThat(ask("johwa_runs_longest_wait_seconds")).hasValue(40.0);
        assertThat(ask("johwa_runs_total{project=\"shop\",outcome=\"failed\"}")).hasValue(2.0);
        assertThat(ask("johwa_run_duration_seconds_bucket{le=\"30\"}")).hasValue(5.0);
        assertThat(ask("johwa_run_duration_seconds_sum / johwa_run_duration_seconds_count"))
                .hasValue(12.0);
        assertThat(ask("johwa_run_wait_seconds_total")).hasValue(90.0);
        assertThat(ask("johwa_run_stage_seconds_total{stage=\"test\"} / johwa_run_stages_total"))
                .hasValue(3.0);
        assertThat(ask("johwa_host_memory_bytes").orElseThrow()).isGreaterThan(1 << 20);
        assertThat(ask("johwa_host_disk_free_bytes / johwa_host_disk_bytes").orElseThrow())
                .isBetween(0.0, 1.0);
        assertThat(ask("sum(johwa_host_cpu_seconds_total)").orElseThrow()).isPositive();
        assertThat(ask("johwa_edge_connections")).hasValue(7.0);
    }

    @Test
    void whatIsDroppedIsTold() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < Telemetry.SERIES_OF_APP + 30; i++) {
            var labels = Labels.of(Map.of(Labels.NAME, "x", "app", "shop", "user", Integer.toString(i)));
            points.add(new Point(labels, Kind.GAUGE, clock.now().toEpochMilli(), i));
        }
        var taken = telemetry().take(points);
        assertThat(taken.kept()).isEqualTo(Telemetry.SERIES_OF_APP);
        assertThat(taken.why()).isEqualTo("30 too many series");
        assertThat(telemetry().dropped())
                .singleElement()
                .satisfies(each -> assertThat(each.values()).isEqualTo(30))
                .satisfies(each -> assertThat(each.app()).isEqualTo("shop"));
    }

    @Test
    void aClockThatJumpsBackLosesOnlyItsOwnTime() {
        var feed = feed();
        tick(feed);
        clock.advance(Duration.ofMinutes(-3));
        tick(feed);
        clock.advance(Duration.ofMinutes(4));
        tick(feed);
        assertThat(ask("count_over_time(johwa_edge_connections[10m])")).hasValue(2.0);
    }
}
