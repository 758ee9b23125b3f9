package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.serve.release.Releases;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import dev.johwa.watch.traffic.Traffic;
import dev.johwa.watch.verdict.Watched.Act;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a switch to a verdict and what follows, with real releases of an app that pretends to run.
class ReleaseWatchTest {
    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;
    private ReleaseWatch watch;
    private long heard;
    private long edge = 1;
    private final Map<Integer, long[]> served = new TreeMap<>();
    private final Known evidence = new Known();

    /// What is known beside the answers.
    private static final class Known implements Evidence {
        final Map<Integer, List<Long>> memory = new TreeMap<>();
        final Map<Integer, List<Said>> lines = new TreeMap<>();

        @Override
        public List<Long> memory(AppEnvironment where, int release, Instant from, Instant until) {
            return memory.getOrDefault(release, List.of());
        }

        @Override
        public List<Said> lines(AppEnvironment where, int release, Instant from, Instant until) {
            return lines.getOrDefault(release, List.of());
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

    private ReleaseWatch watch() {
        var traffic = new Traffic(rig.clock, this::report);
        traffic.sample();
        return new ReleaseWatch(new WatchPorts(
                rig.database, rig.facts, rig.clock, rig.tasks, releases, traffic, this::report, evidence));
    }

    private Optional<EdgeReport> report() {
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
                    0));
        });
        return Optional.of(new EdgeReport(edge, counts, List.of(), 0));
    }

    private void serve(int release, long answers, long errors) {
        served.merge(release, new long[] {answers, errors}, (one, other) ->
                new long[] {one[0] + other[0], one[1] + other[1]});
    }

    private void release() {
        assertThat(releases.release(rig.passed(Map.of()), line -> {}, new Cancel())
                        .live())
                .isTrue();
        hear();
    }

    private void hear() {
        var facts = rig.facts.read(heard, 1_000);
        facts.forEach(watch::hear);
        heard = facts.isEmpty() ? heard : facts.getLast().position();
    }

    /// Steps in which a release answers so much.
    private void steps(int count, int release, long answers, long errors) {
        for (int i = 0; i < count; i++) {
            rig.clock.advance(Duration.ofSeconds(10));
            serve(release, answers, errors);
            watch.look();
        }
    }

    private int serving() {
        return releases.current(ReleaseRig.SHOP).orElseThrow().number();
    }

    private Watched watched(int release) {
        return watch.find(ReleaseRig.SHOP, release).orElseThrow();
    }

    private List<ReleaseJudged> judged() {
        return rig.facts.all(ReleaseJudged.class);
    }

    @Test
    void aBadOneIsUndoneByItselfOnceAndToldWithItsReason() {
        release();
        steps(5, 2, 50, 25);
        Wait.eventually(() -> judged().size() == 1);

        assertThat(serving()).isEqualTo(1);
        var fact = judged().getFirst();
        assertThat(fact.verdict()).isEqualTo("bad");
        assertThat(fact.undone()).isTrue();
        assertThat(fact.act()).isEqualTo("Undone by itself: release 1 serves again.");
        assertThat(fact.reason()).contains("of 250 (50.0 %)", "of release 1 2 of 3,600");
        hear();
        steps(8, 1, 50, 25);
        assertThat(serving()).isEqualTo(1);
        assertThat(judged()).hasSize(1);
        assertThat(watch.judge(watched(2)).reason()).isEqualTo(fact.reason());
        var told =
                new Explanation(releases, rig.repositories(), watch, rig.clock).of(ReleaseRig.SHOP, OptionalInt.of(2));
        assertThat(told.lines()).hasSizeLessThanOrEqualTo(10);
        assertThat(String.join("\n", told.lines()))
                .contains("verdict   bad after 50 s", "125 of 250 (50.00 %); before 2 of 3,600", "release 1 serves");
    }

    @Test
    void aGoodOneServesOn() {
        release();
        steps(60, 2, 50, 0);

        assertThat(judged()).extracting(ReleaseJudged::verdict).containsExactly("good");
        assertThat(serving()).isEqualTo(2);
    }

    @Test
    void whereItIsForbiddenOrWouldNotHelpItIsOnlyTold() throws Exception {
        rig.says("watch: {rollback: false}\n");
        release();
        steps(5, 2, 50, 25);
        assertThat(judged().getFirst().act())
                .isEqualTo("It serves on, as `watch: {rollback: false}` says. To go back: johwa rollback shop 1");
        assertThat(serving()).isEqualTo(2);

        // The one before is known to be broken too.
        rig.says("watch: {rollback: true}\n");
        serve(2, 1_000, 0);
        release();
        steps(12, 3, 50, 50);
        assertThat(judged()).hasSize(2);
        assertThat(judged().getLast().act()).startsWith("It serves on: release 2, which served before, was bad too (");
        assertThat(serving()).isEqualTo(3);
    }

    @Test
    void itIsNeverGoneBackPastAReleaseCommandThatRan() throws Exception {
        rig.says("release: ./migrate\n");
        release();
        steps(5, 2, 50, 25);

        assertThat(judged().getFirst().act())
                .isEqualTo("It serves on: its release command ran, and what that changed stays."
                        + " To go back: johwa rollback shop 1");
        assertThat(serving()).isEqualTo(2);
    }

    @Test
    void oneThatKeepsEndingIsUndone() {
        release();
        for (int i = 1; i <= 4; i++) {
            var crash = new InstanceCrashed("shop", "shop", "production", 2, "shop-1", "exit 1", i);
            watch.hear(new Entry(900 + i, rig.clock.now(), crash));
        }
        steps(1, 2, 0, 0);
        Wait.eventually(() -> serving() == 1);
        Wait.eventually(() -> judged().size() == 1);
        assertThat(judged().getFirst().cause()).isEqualTo("restarts");
    }

    @Test
    void aControlPlaneThatIsKilledGoesOnWhereItWas() {
        release();
        steps(3, 2, 50, 25);
        watch = watch();
        watch.start();
        // What was counted while nobody looked is of unknown age; another edge counts from 0.
        steps(2, 2, 50, 25);
        edge = 2;
        served.clear();
        steps(1, 2, 50, 25);
        Wait.eventually(() -> judged().size() == 1);
        assertThat(serving()).isEqualTo(1);
        assertThat(watch.steps(ReleaseRig.SHOP, 2)).hasSize(5);
    }

    @Test
    void oneThatWasBeingUndoneIsUndoneByTheNextControlPlane() {
        release();
        steps(4, 2, 50, 25);
        var verdict = new Verdict(Verdict.Kind.BAD, Verdict.Cause.ERRORS, true, 50, "half of them failed");
        rig.database.write(handle -> {
            new WatchStore(rig.database).judged(handle, watched(2).judged(verdict, Act.UNDOING, ""));
            return 0;
        });
        watch = watch();
        watch.start();
        watch.look();
        Wait.eventually(() -> judged().size() == 1);
        assertThat(serving()).isEqualTo(1);
        assertThat(watched(2).act()).isEqualTo(Act.UNDONE);
    }

    @Test
    void oneThatIsFollowedSoonIsWatchedNoMore() {
        release();
        steps(3, 2, 50, 25);
        release();
        steps(5, 3, 50, 0);

        assertThat(judged()).extracting(ReleaseJudged::release).containsExactly(2);
        assertThat(judged().getFirst().act()).isEmpty();
        assertThat(serving()).isEqualTo(3);
    }

    @Test
    void errorsOfANewKindKeepItFromBeingCalledGood() {
        release();
        var said = new Evidence.Said("KeyError: 'user'", "err", "");
        evidence.lines.put(2, List.of(said, said, said));
        steps(60, 2, 50, 0);
        assertThat(judged()).isEmpty();
        var told =
                new Explanation(releases, rig.repositories(), watch, rig.clock).of(ReleaseRig.SHOP, OptionalInt.of(2));
        assertThat(told.lines())
                .contains("lines     3 lines of a kind that the release before did not say: KeyError: 'user'");

        evidence.lines.put(1, List.of(said));
        steps(6, 2, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::verdict).containsExactly("good");
    }

    @Test
    void aLeakThatIsCertainIsUndoneAlsoAfterItWasCalledGood() throws Exception {
        rig.says("limits: {memory: 512Mi}\n");
        release();
        steps(60, 2, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::verdict).containsExactly("good");
        evidence.memory.put(
                1, IntStream.range(0, 20).mapToObj(i -> (128L << 20) + i % 3).toList());
        evidence.memory.put(
                2, IntStream.range(0, 20).mapToObj(i -> (128L + 18 * i) << 20).toList());
        steps(31, 2, 50, 0);
        Wait.eventually(() -> judged().size() == 2);
        assertThat(judged().getLast().cause()).isEqualTo("memory");
        assertThat(judged().getLast().reason()).startsWith("memory grows by 360 MiB an hour more than");
        assertThat(serving()).isEqualTo(1);
    }

    private int share() {
        return releases.canaries().of(ReleaseRig.SHOP).orElseThrow().step().share();
    }

    @Test
    void aCanaryIsLedByWhatItAnswers() throws Exception {
        rig.says("rollout: [5%, 10m, 50%, 10m]\n");
        release();
        steps(61, 2, 0, 0);
        assertThat(releases.canaries().of(ReleaseRig.SHOP).orElseThrow().text())
                .endsWith("it waits: not enough traffic, 50 answers at least are to be judged");
        steps(10, 2, 10, 0);
        Wait.eventually(() -> share() == 5_000);
        assertThat(serving()).isEqualTo(1);

        steps(30, 2, 30, 0);
        watch = watch();
        watch.start();
        steps(31, 2, 30, 0);
        Wait.eventually(() -> serving() == 2);
        hear();
        steps(60, 2, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::verdict).containsExactly("good");
    }

    @Test
    void aBadCanaryIsTakenBackAtOnceUnlessSomebodyForbidsIt() throws Exception {
        rig.says("rollout: [5%, 10m]\n");
        release();
        steps(6, 2, 20, 10);
        Wait.eventually(() -> judged().size() == 1);
        assertThat(judged().getFirst().act()).isEqualTo("Undone by itself: release 1 gets all requests again.");
        assertThat(releases.canaries().list()).isEmpty();
        assertThat(serving()).isEqualTo(1);

        rig.says("rollout: [5%, 10m]\nwatch: {rollback: false}\n");
        release();
        steps(6, 3, 20, 10);
        assertThat(releases.canaries().of(ReleaseRig.SHOP).orElseThrow().text())
                .endsWith("it waits: it is bad, and `watch: {rollback: false}` leaves it to you");
    }
}
