package dev.johwa.watch.dora;

import static dev.johwa.watch.dora.Story.commit;
import static dev.johwa.watch.dora.Story.fix;
import static dev.johwa.watch.dora.Story.id;
import static dev.johwa.watch.dora.Story.merge;
import static dev.johwa.watch.dora.Story.revert;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.watch.dora.Report.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Histories whose figures were worked out by hand from the definitions of [Report].
class HandWorkedTest {
    private static final double HOUR = 3600;

    private static Story shop() {
        return new Story("shop");
    }

    @Test
    void countsDeploymentsADayAndTheTimeBetweenThem() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .push(12, commit("c", 11))
                .push(24, commit("d", 23))
                .report(30)
                .deploymentFrequency();

        assertThat(report.n()).isEqualTo(4);
        assertThat(report.perDay()).isEqualTo(0.4);
        // Gaps of 10, 2 and 12 hours.
        assertThat(report.medianGapSeconds()).hasValue(10 * HOUR);
        assertThat(report.band()).isEqualTo("too few");
        assertThat(report.evidence()).extracting(Report.Deployed::release).containsExactly(4, 3, 2, 1);
    }

    @Test
    void leavesOutWhatIsOlderThanTheWindow() {
        var story = shop().push(0, commit("a", -1)).push(24, commit("b", 20)).push(48, commit("c", 47));

        var report = story.report(50, Duration.ofHours(3));

        assertThat(report.deployments()).isEqualTo(1);
        assertThat(report.leadTime().medianSeconds()).hasValue(HOUR);
        assertThat(report.deploymentFrequency().perDay()).isEqualTo(8.0);
        assertThat(report.deploymentFrequency().medianGapSeconds()).isEmpty();
    }

    @Test
    void measuresLeadTimeOfEachCommitWithoutMergesAndWithoutTheFirstDeployment() {
        var report = shop().push(0, commit("a", -5000))
                .push(10, merge("m", 9), commit("b", 8), commit("c", 4), commit("d", 0))
                .push(20, commit("e", 19))
                .report(30);

        // 1, 2, 6 and 10 hours.
        assertThat(report.leadTime().n()).isEqualTo(4);
        assertThat(report.leadTime().medianSeconds()).hasValue(4 * HOUR);
        assertThat(report.leadTime().p75Seconds()).hasValue(7 * HOUR);
        assertThat(report.leadTime().p90Seconds().orElseThrow()).isEqualTo(31_680);
        assertThat(report.leadTime().evidence())
                .extracting(Report.Lead::commit)
                .containsExactly(id("d"), id("c"), id("b"), id("e"));
        assertThat(report.excluded().merges()).isEqualTo(1);
        assertThat(report.excluded().firstDeployments()).isEqualTo(1);
    }

    @Test
    void aSquashIsOneCommit() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("squash of x y z", 9))
                .report(20);

        assertThat(report.leadTime().n()).isEqualTo(1);
        assertThat(report.leadTime().medianSeconds()).hasValue(HOUR);
    }

    @Test
    void aRebasedCommitCountsFromItsNewDateAndKeepsItsAuthorsDate() {
        var rebased = new DeploymentFinished.Change(
                id("b2"), Story.hour(9), Story.hour(-100), false, "b", List.of(), List.of());

        var report = shop().push(0, commit("a", -1)).push(10, rebased).report(20);

        assertThat(report.leadTime().medianSeconds()).hasValue(HOUR);
        assertThat(report.leadTime().evidence().getFirst().authoredAt()).isEqualTo(Story.hour(-100));
    }

    @Test
    void aForcedPushBringsEachCommitOnce() {
        // b is thrown away by force for c, then comes back: it was there before.
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 8))
                .push(20, commit("c", 19))
                .push(30, "again", commit("d", 29), commit("b", 8))
                .report(40);

        assertThat(report.leadTime().evidence())
                .extracting(Report.Lead::commit)
                .containsExactlyInAnyOrder(id("b"), id("c"), id("d"));
        assertThat(report.changeFailureRate().ratio()).hasValue(0);
    }

    @Test
    void repeatsAndSettingsCountApart() {
        var report = shop().push(0, commit("a", -1))
                .push(1, "a", commit("readme", 0.5))
                .settings(2)
                .push(3, commit("b", 2.5))
                .report(10);

        assertThat(report.deployments()).isEqualTo(2);
        assertThat(report.excluded().repeats()).isEqualTo(1);
        assertThat(report.excluded().settings()).isEqualTo(1);
        assertThat(report.leadTime().n()).isEqualTo(1);
    }

    @Test
    void anArtifactThatComesBackLaterIsNoRepeat() {
        var report = shop().push(0, "x", commit("a", -1))
                .push(10, "y", commit("b", 9))
                .push(50, "x", revert("r", 49, "b"))
                .report(60);

        assertThat(report.deployments()).isEqualTo(3);
        assertThat(report.excluded().repeats()).isZero();
    }

    @Test
    void whatTheGateStoppedIsNoDeployment() {
        var report = shop().push(0, commit("a", -1))
                .failed(1, commit("bad", 0.5))
                .superseded(2, commit("old", 1.5))
                .report(10);

        assertThat(report.deployments()).isEqualTo(1);
        assertThat(report.changeFailureRate().n()).isEqualTo(1);
        assertThat(report.changeFailureRate().ratio()).hasValue(0);
        assertThat(report.excluded().stopped()).isEqualTo(1);
        assertThat(report.excluded().superseded()).isEqualTo(1);
    }

    @Test
    void aChangeThatThePlatformTookBackHasFailedAndNobodyHadToRestoreIt() {
        var report = shop().push(0, commit("a", -1))
                .switchedBack(1, commit("bad", 0.5))
                .report(10);

        assertThat(report.deployments()).isEqualTo(1);
        assertThat(report.changeFailureRate().ratio()).hasValue(0.5);
        assertThat(report.changeFailureRate().evidence()).extracting(Failed::by).containsExactly("switched-back");
        assertThat(report.timeToRestore().n()).isZero();
        assertThat(report.excluded().switchedBack()).isEqualTo(1);
    }

    @Test
    void aRollbackBlamesTheVersionRolledBackFromAndSuspectsAllThatItTookBack() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .push(20, commit("c", 19))
                .rollback(23, 1)
                .report(30);

        assertThat(report.changeFailureRate().ratio()).hasValue(1.0 / 3);
        var failed = report.changeFailureRate().evidence().getFirst();
        assertThat(failed)
                .extracting(Failed::release, Failed::by, Failed::suspects, Failed::repairedBy)
                .containsExactly(3, "rollback", List.of(2, 3), Optional.of(1));
        assertThat(report.timeToRestore().medianSeconds()).hasValue(3 * HOUR);
        // Three changes and the rollback.
        assertThat(report.reworkRate().ratio()).hasValue(0.25);
        assertThat(report.deployments()).isEqualTo(3);
    }

    @Test
    void aRollbackOfARollbackBlamesNobodyAnew() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .rollback(11, 1)
                .rollback(15, 2)
                .report(30);

        assertThat(report.changeFailureRate().failed()).isEqualTo(1);
        assertThat(report.changeFailureRate().evidence())
                .extracting(Failed::release)
                .containsExactly(2);
        assertThat(report.timeToRestore().medianSeconds()).hasValue(HOUR);
        assertThat(report.reworkRate().ratio()).hasValue(0.5);
    }

    @Test
    void theNextChangeAfterARollbackIsAnOrdinaryOne() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .rollback(11, 1)
                .push(20, commit("c", 18))
                .report(30);

        assertThat(report.changeFailureRate().n()).isEqualTo(3);
        assertThat(report.changeFailureRate().failed()).isEqualTo(1);
        assertThat(report.leadTime().n()).isEqualTo(2);
    }

    @Test
    void aRollbackOfSettingsBlamesTheSettings() {
        var report = shop().push(0, commit("a", -1)).settings(5).rollback(6, 1).report(30);

        assertThat(report.changeFailureRate().failed()).isZero();
        assertThat(report.excluded().failedSettings()).isEqualTo(1);
    }

    @Test
    void aRollbackPastSettingsBlamesTheArtifact() {
        var report = shop().push(0, commit("a", -1))
                .push(4, commit("b", 3))
                .settings(5)
                .rollback(6, 1)
                .report(30);

        assertThat(report.changeFailureRate().evidence())
                .extracting(Failed::release)
                .containsExactly(2);
        assertThat(report.timeToRestore().medianSeconds()).hasValue(2 * HOUR);
    }

    @Test
    void aRevertWithinADayShowsAFailureAndIsAFix() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .push(13, revert("r", 12, "b"))
                .report(30);

        // The fix is no change of its own: one of two changes failed.
        assertThat(report.changeFailureRate().ratio()).hasValue(0.5);
        assertThat(report.changeFailureRate().evidence().getFirst())
                .extracting(Failed::release, Failed::by, Failed::repairCommit)
                .containsExactly(2, "revert", Optional.of(id("r")));
        assertThat(report.timeToRestore().medianSeconds()).hasValue(3 * HOUR);
        assertThat(report.reworkRate().ratio()).hasValue(1.0 / 3);
        assertThat(report.deployments()).isEqualTo(3);
    }

    @Test
    void aFixesTrailerMayNameACommitByItsBeginning() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9), commit("b1", 8))
                .push(13, fix("f", 12, id("b1").substring(0, 8)))
                .report(30);

        assertThat(report.changeFailureRate().evidence()).extracting(Failed::by).containsExactly("fix");
    }

    @Test
    void aRevertAfterADayIsOrdinaryWork() {
        var atTheLimit =
                shop().push(0, commit("a", -1)).push(10, commit("b", 9)).push(34, revert("r", 33, "b"));
        var later = shop().push(0, commit("a", -1)).push(10, commit("b", 9)).push(34.01, revert("r", 33, "b"));

        assertThat(atTheLimit.report(40).changeFailureRate().failed()).isEqualTo(1);
        assertThat(later.report(40).changeFailureRate().failed()).isZero();
        assertThat(later.report(40).changeFailureRate().n()).isEqualTo(3);
    }

    @Test
    void aRevertThatCameWithWhatItRevertsShowsNothing() {
        var report = shop().push(0, commit("a", -1))
                .push(10, revert("r", 9.5, "b"), commit("b", 9))
                .report(30);

        assertThat(report.changeFailureRate().failed()).isZero();
    }

    @Test
    void aRevertOfTheVeryFirstDeploymentShowsItsFailure() {
        var report =
                shop().push(0, commit("a", -1)).push(2, revert("r", 1, "a")).report(30);

        assertThat(report.changeFailureRate().ratio()).hasValue(1);
    }

    @Test
    void aFixThatFailsCountsApart() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                .push(11, fix("f", 10.5, id("b")))
                .push(12, fix("g", 11.5, id("f")))
                .report(30);

        assertThat(report.changeFailureRate().ratio()).hasValue(0.5);
        assertThat(report.excluded().failedFixes()).isEqualTo(1);
        assertThat(report.timeToRestore().medianSeconds()).hasValue(HOUR);
    }

    @Test
    void aFailureThatNothingRepairedYetCountsWithTheTimeSoFar() {
        var story = shop().push(0, commit("a", -1)).push(10, commit("b", 9)).failedRollback(12, 1);

        var open = story.report(20).timeToRestore();
        assertThat(open.open()).isEqualTo(1);
        assertThat(open.atLeast()).isTrue();
        assertThat(open.medianSeconds()).hasValue(10 * HOUR);

        var repaired = story.push(30, commit("c", 29)).report(40).timeToRestore();
        assertThat(repaired.open()).isZero();
        assertThat(repaired.atLeast()).isFalse();
        assertThat(repaired.medianSeconds()).hasValue(20 * HOUR);
    }

    @Test
    void eachEnvironmentIsForItself() {
        var story = shop().push(0, commit("a", -1)).push(10, commit("b", 9));
        story.in("staging").push(11, commit("c", 9)).push(12, commit("d", 11)).rollback(13, 3);
        var all = new ArrayList<>(story.facts());

        var production =
                Story.report(all, Story.hour(20), Question.production(Optional.of("shop"), Duration.ofDays(10)));

        assertThat(production.deployments()).isEqualTo(2);
        assertThat(production.changeFailureRate().failed()).isZero();
        assertThat(story.report(20).deployments()).isEqualTo(2);
        assertThat(story.report(20).changeFailureRate().failed()).isEqualTo(1);
    }

    @Test
    void gapsAreNeverMeasuredFromOneAppToAnother() {
        var facts = new ArrayList<>(
                shop().push(0, commit("a", -1)).push(10, commit("b", 9)).facts());
        facts.addAll(new Story("api")
                .push(1, commit("c", 0))
                .push(15, commit("d", 14))
                .facts());

        var report = Story.report(facts, Story.hour(20), Question.production(Optional.empty(), Duration.ofDays(1)));

        assertThat(report.deploymentFrequency().n()).isEqualTo(4);
        assertThat(report.deploymentFrequency().medianGapSeconds()).hasValue(12 * HOUR);
    }

    @Test
    void aClockSetBackNeverMakesNegativeTimes() {
        var report = shop().push(0, commit("a", -1))
                .push(10, commit("b", 9))
                // The clock goes back six hours here.
                .push(4, commit("c", 9.5))
                .rollback(3, 2)
                .report(5);

        assertThat(report.deploymentFrequency().n()).isEqualTo(3);
        // 10 hours and nothing.
        assertThat(report.deploymentFrequency().medianGapSeconds()).hasValue(5 * HOUR);
        assertThat(report.leadTime().evidence())
                .extracting(Report.Lead::seconds)
                .containsExactly(3600L, 0L);
        assertThat(report.changeFailureRate().evidence())
                .extracting(Failed::release)
                .containsExactly(3);
        assertThat(report.timeToRestore().medianSeconds()).hasValue(0);
    }

    @Test
    void aCommitWithoutADateTellsNothing() {
        var undated =
                new DeploymentFinished.Change(id("b"), Instant.EPOCH, Instant.EPOCH, false, "b", List.of(), List.of());

        var report = shop().push(0, commit("a", -1)).push(10, undated).report(20);

        assertThat(report.leadTime().n()).isZero();
        assertThat(report.leadTime().medianSeconds()).isEmpty();
    }

    @Test
    void fiveDeploymentsMakeABand() {
        var story = shop();
        for (int i = 0; i < 6; i++) {
            story.push(i * 24, commit("c" + i, i * 24 - 2));
        }
        var report = story.report(121, Duration.ofDays(6));

        assertThat(report.deploymentFrequency().band()).isEqualTo("elite");
        assertThat(report.leadTime().band()).isEqualTo("elite");
        assertThat(report.changeFailureRate().band()).isEqualTo("elite");
        assertThat(report.timeToRestore().band()).isEqualTo("too few");
        assertThat(report.band()).isEqualTo("elite");
        assertThat(report.score()).isNotEmpty();
    }

    @Test
    void nothingAtAllIsAnAnswerToo() {
        var report = shop().report(1);

        assertThat(report.deployments()).isZero();
        assertThat(report.deploymentFrequency().perDay()).isZero();
        assertThat(report.changeFailureRate().ratio()).isEmpty();
        assertThat(report.band()).isEqualTo("too few");
        assertThat(report.score()).isEmpty();
    }
}
