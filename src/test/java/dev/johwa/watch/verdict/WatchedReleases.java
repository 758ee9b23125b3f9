package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import dev.johwa.watch.traffic.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Real releases of an app that pretends to run, watched, with what an edge would have counted of them.
abstract class WatchedReleases {
    @TempDir
    Path folder;

    ReleaseRig rig;
    Releases releases;
    ReleaseWatch watch;
    long heard;
    long edge = 1;
    final Map<Integer, long[]> served = new TreeMap<>();
    final Known evidence = new Known();

    /// What is known beside the answers.
    static final class Known implements Evidence {
        final Map<Integer, List<Long>> memory = new TreeMap<>();
        String process = "web";
        final Map<Integer, List<Minute>> counted = new TreeMap<>();
        final Map<Integer, List<Said>> lines = new TreeMap<>();
        /// When those were said; absent: always.
        final Map<Integer, Instant> saidAt = new TreeMap<>();

        @Override
        public Map<String, List<Long>> memory(AppEnvironment where, int release, Instant from, Instant until) {
            return Map.of(process, memory.getOrDefault(release, List.of()));
        }

        @Override
        public List<Minute> counted(AppEnvironment where, int release, String metric, Instant from, Instant until) {
            return counted.getOrDefault(release, List.of());
        }

        @Override
        public List<Said> lines(AppEnvironment where, int release, Instant from, Instant until) {
            var at = saidAt.getOrDefault(release, from);
            return at.isBefore(from) || at.isAfter(until) ? List.of() : lines.getOrDefault(release, List.of());
        }
    }

    @BeforeEach
    void open() throws Exception {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
        watch = watch();
        release();
        serve(1, 3_600, 2);
        rig.clock.advance(Duration.ofSeconds(2));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    ReleaseWatch watch() {
        var traffic = new Traffic(rig.clock, this::report);
        traffic.refresh();
        return new ReleaseWatch(
                new WatchPorts(rig.database, rig.facts, rig.clock, rig.tasks, releases, traffic, evidence));
    }

    Optional<EdgeReport> report() {
        var counts = new ArrayList<Counts>();
        served.forEach((release, seen) -> {
            var buckets = new ArrayList<>(Collections.nCopies(EdgeReport.BOUNDS.size() + 1, 0L));
            buckets.set(2, seen[0]);
            counts.add(new Counts(
                    "shop",
                    "production",
                    release,
                    seen[0],
                    Map.of(200, seen[0] - seen[1], 502, seen[1]),
                    buckets,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0));
        });
        return Optional.of(new EdgeReport(edge, counts, List.of(), 0));
    }

    void serve(int release, long answers, long errors) {
        served.merge(release, new long[] {answers, errors}, (one, other) ->
                new long[] {one[0] + other[0], one[1] + other[1]});
    }

    void release() {
        assertThat(releases.release(rig.passed(Map.of()), line -> {}, new Cancel())
                        .live())
                .isTrue();
        hear();
    }

    void hear() {
        var facts = rig.facts.read(heard, 1_000);
        facts.forEach(watch::hear);
        heard = facts.isEmpty() ? heard : facts.getLast().position();
    }

    /// Steps in which a release answers so much.
    void steps(int count, int release, long answers, long errors) {
        for (int i = 0; i < count; i++) {
            rig.clock.advance(Duration.ofSeconds(10));
            serve(release, answers, errors);
            watch.look();
        }
    }

    int serving() {
        return releases.current(ReleaseRig.SHOP).orElseThrow().number();
    }

    Watched watched(int release) {
        return watch.find(ReleaseRig.SHOP, release).orElseThrow();
    }

    List<ReleaseJudged> judged() {
        return rig.facts.all(ReleaseJudged.class);
    }
}
