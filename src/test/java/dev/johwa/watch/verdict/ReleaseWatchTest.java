package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Wait;
import dev.johwa.lib.event.Entry;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.InstanceCrashed;
import dev.johwa.serve.release.ReleaseRig;
import dev.johwa.watch.verdict.Watched.Act;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// From a switch to a verdict and what follows, with real releases of an app that pretends to run.
class ReleaseWatchTest extends WatchedReleases {
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
        var undone = new Undone(releases, watch);
        assertThatThrownBy(() -> undone.refuseFurther(ReleaseRig.SHOP, rig.clock.now()))
                .hasMessageContaining("release 2 of shop was undone by itself, and release 1 serves since");
        undone.refuseFurther(ReleaseRig.SHOP, rig.clock.now().plus(Duration.ofMinutes(31)));
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
    void whereGoingBackFailsTooItIsToldAndNothingMoreIsTried() {
        release();
        rig.silenceEdge(true);
        steps(5, 2, 50, 25);
        Wait.eventually(() -> judged().size() == 1);

        assertThat(judged().getFirst().undone()).isFalse();
        assertThat(judged().getFirst().act())
                .startsWith("It serves on: going back to release 1 failed too: ")
                .endsWith(". Nothing more is tried.");
        rig.silenceEdge(false);
        hear();
        steps(8, 2, 50, 25);
        assertThat(serving()).isEqualTo(2);
        assertThat(judged()).hasSize(1);
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
    void fewerOrdersAreToldOnceWithTheCommandAndItIsWatchedOn() throws Exception {
        rig.says("counter: {name: orders, header: x-order}\n");
        release();
        serve(2, 3_600, 2);
        rig.clock.advance(Duration.ofSeconds(2));
        release();
        evidence.counted.put(2, Collections.nCopies(60, new Evidence.Minute(60, 5)));
        evidence.counted.put(3, Collections.nCopies(8, new Evidence.Minute(60, 0)));
        steps(20, 3, 50, 0);

        assertThat(judged()).extracting(ReleaseJudged::release).containsExactly(2, 3);
        var fact = judged().getLast();
        assertThat(fact.verdict()).isEqualTo("unsure");
        assertThat(fact.cause()).isEqualTo("counter");
        assertThat(fact.reason()).startsWith("orders fell: 0 in 480 requests within 8 min; release 2 had 300 in 3,600");
        assertThat(fact.act())
                .isEqualTo("It serves on: fewer may have another reason. To go back: johwa rollback shop 2");
        var told = new Explanation(releases, rig.repositories(), watch, rig.clock)
                .of(ReleaseRig.SHOP, OptionalInt.empty());
        assertThat(told.lines())
                .hasSizeLessThanOrEqualTo(10)
                .contains("counted   orders: 0 in 480 requests; before 300 in 3,600 requests");

        // Another control plane watches it on, too.
        watch = watch();
        watch.start();
        steps(1, 3, 0, 0);
        steps(6, 3, 50, 40);
        Wait.eventually(() -> judged().size() == 3);
        assertThat(judged().getLast().cause()).isEqualTo("errors");
        assertThat(serving()).isEqualTo(2);
    }

    @Test
    void whatWasToldOfFewerOrdersStays() throws Exception {
        rig.says("counter: {name: orders, header: x-order}\n");
        release();
        serve(2, 3_600, 2);
        rig.clock.advance(Duration.ofSeconds(2));
        release();
        evidence.counted.put(2, Collections.nCopies(60, new Evidence.Minute(60, 5)));
        evidence.counted.put(3, Collections.nCopies(8, new Evidence.Minute(60, 0)));
        steps(7, 3, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::cause).containsExactly("none", "counter");

        // The end of its hour is seen late, and not at the minute.
        watch = watch();
        watch.start();
        rig.clock.advance(Duration.ofSeconds(3_600 - 25));
        steps(1, 3, 50, 0);
        assertThat(judged()).extracting(ReleaseJudged::cause).containsExactly("none", "counter", "counter");
    }

    @Test
    void whatWasToldOfFewerOrdersStaysWhereSomebodyGoesBack() throws Exception {
        rig.says("counter: {name: orders, header: x-order}\n");
        release();
        serve(2, 3_600, 2);
        rig.clock.advance(Duration.ofSeconds(2));
        release();
        evidence.counted.put(2, Collections.nCopies(60, new Evidence.Minute(60, 5)));
        evidence.counted.put(3, Collections.nCopies(8, new Evidence.Minute(60, 0)));
        steps(7, 3, 5, 0);
        assertThat(judged().getLast().cause()).isEqualTo("counter");

        releases.rollBack(ReleaseRig.SHOP, OptionalInt.of(2), false, "kim", line -> {});
        steps(2, 2, 50, 0);
        watch = watch();
        watch.start();
        steps(2, 2, 50, 0);
        assertThat(judged()).hasSize(2);
        assertThat(watched(3).verdict().orElseThrow().reason()).startsWith("orders fell");
        var told =
                new Explanation(releases, rig.repositories(), watch, rig.clock).of(ReleaseRig.SHOP, OptionalInt.of(3));
        assertThat(told.lines()).contains("now       release 2 serves");
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
        var now = rig.clock.now();
        assertThatThrownBy(() -> new Undone(releases, watch).refuseFurther(ReleaseRig.SHOP, now))
                .hasMessageContaining("release 2 of shop is being undone by itself: release 1 serves in a moment");
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

    @Test
    void whoSetsTheClockEndsNoWatch() {
        release();
        steps(3, 2, 50, 0);
        rig.clock.set(rig.clock.now().plus(Duration.ofHours(3)));
        steps(2, 2, 50, 0);
        rig.clock.set(rig.clock.now().minus(Duration.ofHours(5)));
        steps(2, 2, 50, 0);
        assertThat(judged()).isEmpty();

        steps(6, 2, 50, 25);
        Wait.eventually(() -> judged().size() == 1);
        assertThat(judged().getFirst().verdict()).isEqualTo("bad");
        assertThat(serving()).isEqualTo(1);
    }

    @Test
    void aWorkerThatLeaksIsFoundToo() throws Exception {
        rig.says("limits: {memory: 512Mi}\n");
        release();
        evidence.process = "worker";
        evidence.memory.put(
                1, IntStream.range(0, 20).mapToObj(i -> (128L << 20) + i % 3).toList());
        evidence.memory.put(
                2, IntStream.range(0, 20).mapToObj(i -> (128L + 18 * i) << 20).toList());
        steps(60, 2, 50, 0);
        Wait.eventually(() -> judged().size() == 1);
        assertThat(judged().getLast().reason()).startsWith("memory of worker grows by 360 MiB an hour more than");
    }

    @Test
    void commandsNameTheEnvironmentWhereItIsNotProduction() {
        releases.release(rig.preview("feature"), line -> {}, new Cancel());
        var there = new AppEnvironment("shop", "shop", "feature");
        var told = new Explanation(releases, rig.repositories(), watch, rig.clock).of(there, OptionalInt.empty());
        assertThat(told.lines()).contains("now       it serves; to go back: johwa rollback shop --environment feature");
    }
}
