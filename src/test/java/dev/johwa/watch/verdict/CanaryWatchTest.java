package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.watch.notice.WaitingCanaries;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Canaries on their way, led and taken back by what they answer.
class CanaryWatchTest extends WatchedReleases {
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
        var waiting = new WaitingCanaries(releases, rig.clock);
        assertThat(waiting.signs(key -> false)).singleElement().satisfies(sign -> {
            assertThat(sign.words().headline()).startsWith("Release 2 of shop waits for you: release 2 gets 5 %");
            assertThat(sign.words().advice()).contains("To take it on: johwa promote shop");
            assertThat(waiting.isThere(sign.key())).isTrue();
        });
        steps(10, 2, 10, 0);
        Wait.eventually(() -> share() == 5_000);
        assertThat(waiting.signs(key -> true)).isEmpty();
        assertThat(serving()).isEqualTo(1);

        steps(30, 2, 30, 0);
        watch = watch();
        watch.start();
        steps(31, 2, 30, 0);
        Wait.eventually(() -> rig.facts.all(DeploymentFinished.class).getLast().release() == 2);
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

    @Test
    void aCanaryThatServesAllIsWatchedAnewHoweverOldItIs() throws Exception {
        rig.says("rollout: [5%]\n");
        release();
        steps(1, 2, 20, 0);
        rig.clock.advance(Duration.ofHours(1));
        releases.canaries().promote(ReleaseRig.SHOP, false, line -> {});
        // Its promotion is not heard of yet.
        steps(1, 2, 20, 0);
        assertThat(judged()).isEmpty();

        hear();
        steps(60, 2, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::verdict).containsExactly("good");
    }

    @Test
    void aCanaryThatLastsKeepsADayAndWritesNothingWhereNothingHappens() throws Exception {
        rig.says("rollout: [5%]\n");
        release();
        steps(1, 2, 20, 0);
        rig.clock.advance(Duration.ofDays(2));
        steps(6, 2, 20, 0);
        assertThat(watch.steps(ReleaseRig.SHOP, 2)).hasSize(6);

        long changes = rig.database.changes();
        steps(4, 2, 0, 0);
        assertThat(rig.database.changes()).isEqualTo(changes);
    }

    @Test
    void aCanaryIsHeldUpByNoErrorThatTheOldReleaseHasTooOrThatIsLongAgo() throws Exception {
        rig.says("rollout: [5%, 10m, 50%, 2h, 90%]\ncounter: {name: orders, header: x-order}\n");
        release();
        var said = new Evidence.Said("ConnectionRefused: database", "err", "error");
        evidence.lines.put(2, List.of(said, said, said));
        steps(66, 2, 10, 0);
        assertThat(releases.canaries().of(ReleaseRig.SHOP).orElseThrow().text())
                .endsWith("it waits: 3 lines of a kind that the release before did not say: " + said.text());
        var told =
                new Explanation(releases, rig.repositories(), watch, rig.clock).of(ReleaseRig.SHOP, OptionalInt.of(2));
        assertThat(told.lines()).hasSizeLessThanOrEqualTo(10);
        assertThat(told.lines().getLast())
                .startsWith("now       release 2 gets 5 % of requests")
                .endsWith("; johwa promote shop takes it on, johwa rollback shop ends it");
        evidence.lines.put(1, List.of(said));
        evidence.saidAt.put(1, rig.clock.now());
        steps(6, 2, 10, 0);
        Wait.eventually(() -> share() == 5_000);

        evidence.lines.remove(1);
        evidence.saidAt.put(2, rig.clock.now());
        rig.clock.advance(Duration.ofHours(2));
        steps(12, 2, 10, 0);
        Wait.eventually(() -> share() == 9_000);
    }

    @Test
    void nothingIsLostOfLooksInOneSecondOrInTheFirst() throws Exception {
        rig.says("rollout: [5%, 1m, 50%]\n");
        release();
        for (int i = 0; i < 2; i++) {
            serve(2, 20, 0);
            watch.look();
        }
        steps(1, 2, 5, 0);
        serve(2, 5, 0);
        watch.look();
        steps(5, 2, 0, 0);
        assertThat(watch.steps(ReleaseRig.SHOP, 2))
                .as("one reading for a second, and the rest by the next")
                .extracting(Step::answers)
                .containsExactly(20L, 25L, 5L);
        Wait.eventually(() -> share() == 5_000);
    }

    @Test
    void aBadCanaryIsTakenBackWhenTheEdgeAnswersAgain() throws Exception {
        rig.says("rollout: [5%, 10m]\n");
        release();
        rig.silenceEdge(true);
        steps(6, 2, 20, 10);
        Wait.eventually(() -> rig.refusedTables() > 0);
        rig.silenceEdge(false);
        Wait.eventually(() -> {
            ReleaseRig.supervise(releases);
            watch.look();
            return judged().size() == 1;
        });
        assertThat(judged().getFirst().undone()).isTrue();
        assertThat(releases.find(ReleaseRig.SHOP, 2).orElseThrow().state()).isEqualTo(Release.State.FAILED);
        assertThat(serving()).isEqualTo(1);
    }
}
