package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Wait;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.source.config.Rollout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Releases that come step by step, on a pretended target and edge.
class CanariesTest {
    private static final AppEnvironment SHOP = ReleaseRig.SHOP;

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        rig = new ReleaseRig(folder);
        rig.says("rollout: [x-canary=yes, 5%, 10m, 50%, sticky]\n");
        releases = rig.releases();
        assertThat(push().live()).isTrue();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Outcome push() {
        told.clear();
        return releases.release(rig.passed(Map.of()), told::add, new Cancel());
    }

    private List<Route> routes() {
        return rig.edge.table().routes();
    }

    private void assertPart(int release, int share) {
        assertThat(routes()).extracting(Route::release).containsExactly(1, release);
        assertThat(routes().getFirst().part()).isEqualTo(Part.WHOLE);
        assertThat(routes().getLast().part()).isEqualTo(new Part(share, "x-canary", "yes", true));
        assertThat(((Instances) routes().getLast().backend()).endpoints()).hasSize(1);
    }

    private void assertOnly(int release) {
        assertThat(routes()).extracting(Route::release).containsExactly(release);
        assertThat(releases.current(SHOP).orElseThrow().number()).isEqualTo(release);
        assertThat(releases.canaries().list()).isEmpty();
    }

    private Release.State state(int release) {
        return releases.find(SHOP, release).orElseThrow().state();
    }

    private List<DeploymentFinished> finished() {
        return rig.facts.all(DeploymentFinished.class);
    }

    @Test
    void whatAPersonDeploysComesByStepsOfItsOwn() {
        var steps = Optional.of(Rollout.typed(List.of("20%", "1h")));
        assertThat(releases.deploy(SHOP, rig.passed(Map.of()), steps, "kim", told::add)
                        .live())
                .isTrue();
        var underway = releases.canaries().of(SHOP).orElseThrow();
        assertThat(underway.text())
                .isEqualTo("release 2 gets 20 % of requests; next, once 1h have shown nothing bad: all of them");
        assertThat(underway.canary().by()).isEqualTo("kim");
    }

    @Test
    void itGoesStepByStepToAllUsers() {
        assertThat(push().live()).isTrue();
        assertPart(2, 0);
        assertThat(releases.current(SHOP).orElseThrow().number()).isEqualTo(1);
        assertThat(finished()).hasSize(1);
        assertThat(told).anyMatch(line -> line.contains("`johwa promote shop` takes it on"));

        assertThat(releases.canaries().advance(SHOP, 2, 7)).isFalse();
        assertThat(releases.canaries().advance(SHOP, 2, 0)).isTrue();
        assertPart(2, 500);
        assertThat(releases.status(Optional.empty()).getFirst().notes())
                .contains("canary: release 2 gets 5 % of requests and requests with x-canary: yes; next, once 10m have"
                        + " shown nothing bad: 50 % of requests and requests with x-canary: yes");
        releases.canaries().say(SHOP, 2, "not enough traffic");
        assertThat(releases.canaries().of(SHOP).orElseThrow().text()).endsWith("it waits: not enough traffic");
        assertThat(releases.canaries().advance(SHOP, 2, 1)).isTrue();
        assertPart(2, 5_000);
        assertThat(releases.canaries().of(SHOP).orElseThrow().canary().words()).isEmpty();
        assertThat(releases.canaries().advance(SHOP, 2, 2)).isTrue();

        assertOnly(2);
        assertThat(state(2)).isEqualTo(Release.State.LIVE);
        assertThat(state(1)).isEqualTo(Release.State.RETIRED);
        assertThat(finished().getLast().outcome()).isEqualTo("live");
        assertThat(finished().getLast().previousRelease()).isEqualTo(1);
    }

    @Test
    void itSurvivesTheControlPlane() {
        push();
        releases.canaries().advance(SHOP, 2, 0);
        releases = rig.releases();
        releases.recover();
        releases.reroute();
        assertPart(2, 500);
        assertThat(state(2)).isEqualTo(Release.State.DEPLOYING);

        // One whose promotion was written and not done serves.
        var canary = releases.canaries().of(SHOP).orElseThrow().canary();
        rig.database.write(handle -> {
            handle.execute("insert into open_deployments (project, app, environment, release, kind, by_name, before,"
                    + " secrets_before, secrets_version, started_at) values ('shop', 'shop', 'production', 2, 'push', 'me',"
                    + " 1, 0, 0, " + canary.startedAt().toEpochMilli() + ")");
            handle.execute("update app_environments set current = 2");
            return handle.execute("delete from canaries");
        });
        releases = rig.releases();
        releases.recover();
        assertOnly(2);
        assertThat(state(2)).isEqualTo(Release.State.LIVE);
    }

    @Test
    void itIsTakenBackByWhoWatchesAndByPeople() {
        push();
        releases.canaries().advance(SHOP, 2, 0);
        assertThat(releases.canaries().takeBack(SHOP, 1, "no")).isFalse();
        assertThat(releases.canaries().takeBack(SHOP, 2, "half of them failed")).isTrue();
        assertOnly(1);
        assertThat(state(2)).isEqualTo(Release.State.FAILED);
        assertThat(finished().getLast().outcome()).isEqualTo("failed");
        assertThat(finished().getLast().hadTraffic()).isTrue();
        assertThat(rig.edge.cut).anyMatch(instance -> instance.startsWith("shop-2-web"));
        assertThat(rig.target.find()).hasSize(1);

        push();
        var back = releases.rollBack(SHOP, OptionalInt.empty(), false, "me", told::add);
        assertThat(back.release()).isEqualTo(1);
        assertOnly(1);
        assertThat(releases.find(SHOP, 3).orElseThrow().reason()).contains("taken back by me");
        assertThatThrownBy(() -> releases.canaries().promote(SHOP, false, told::add))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no canary of shop");
    }

    @Test
    void anEndThatIsCutOffIsMadeUpForByWhoSuperviseAndByTheNextControlPlane() {
        push();
        endWhileTheEdgeIsSilent(2);
        releases.superviseOnce();
        assertEnded(2);

        push();
        endWhileTheEdgeIsSilent(3);
        releases = rig.releases();
        releases.recover();
        assertEnded(3);
    }

    private void endWhileTheEdgeIsSilent(int release) {
        rig.edge.isSilent = true;
        assertThatThrownBy(() -> releases.canaries().takeBack(SHOP, release, "half of them failed"))
                .isInstanceOf(ProblemException.class);
        rig.edge.isSilent = false;
    }

    private void assertEnded(int release) {
        assertOnly(1);
        assertThat(state(release)).isEqualTo(Release.State.FAILED);
        assertThat(finished().getLast().release()).isEqualTo(release);
        assertThat(finished().getLast().outcome()).isEqualTo("failed");
        assertThat(rig.target.find()).hasSize(1);
    }

    @Test
    void aNewPushReplacesItAndTheOldStays() {
        push();
        releases.canaries().advance(SHOP, 2, 0);
        push();
        assertThat(told).anyMatch(line -> line.contains("The canary, release 2, ends: release 3 comes."));
        assertPart(3, 0);
        assertThat(finished().getLast().outcome()).isEqualTo("superseded");
        // Whoever looked at the one before has not seen this one.
        assertThatThrownBy(() -> releases.canaries().promote(SHOP, 2, OptionalInt.empty(), told::add))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("release 2 of shop does not stand as it did");
        assertThatThrownBy(() -> releases.canaries().promote(SHOP, 3, OptionalInt.of(1), told::add))
                .isInstanceOf(ProblemException.class);
        assertPart(3, 0);
        assertThat(releases.canaries().promote(SHOP, false, told::add).live()).isTrue();
        assertOnly(3);
    }

    @Test
    void whatServesIsNoUnchangedPushWhileAnotherComes() throws Exception {
        var old = rig.passed(Map.of());
        rig.says("rollout: [5%]\nenv: {KIND: bad}\n");
        var bad = rig.passed(Map.of());
        assertThat(releases.settings().unchanged(old)).isPresent();
        releases.release(bad, told::add, new Cancel());

        // Who reverts it means to end it.
        assertThat(releases.settings().unchanged(old)).isEmpty();
        assertThat(releases.settings().unchanged(bad).orElseThrow().number()).isEqualTo(2);
        releases.canaries().takeBack(SHOP, 2, "half of them failed");
        assertThat(releases.settings().unchanged(old).orElseThrow().number()).isEqualTo(1);
        assertThat(releases.settings().unchanged(bad)).isEmpty();
    }

    @Test
    void whoCrashesIsStartedAgainAndMissedByNobody() {
        push();
        releases.canaries().advance(SHOP, 2, 0);
        var running = rig.target.find().stream()
                .filter(instance -> instance.release() == 2)
                .findFirst()
                .orElseThrow();
        rig.target.stop(running, Duration.ZERO);
        releases.superviseOnce();
        assertThat(routes()).extracting(Route::release).containsExactly(1);
        rig.clock.advance(Duration.ofMinutes(2));
        Wait.eventually(() -> {
            releases.superviseOnce();
            return routes().size() == 2;
        });
        assertPart(2, 500);
    }

    @Test
    void withoutRequestsThereIsNoneAndPeopleHearWhy() {
        releases.scale(SHOP, Map.of("web", 0), told::add);
        push();
        assertThat(told).contains("            all at once, without a canary: it is scaled to 0");
        assertThat(releases.canaries().list()).isEmpty();
    }

    @Test
    void whatIsRemovedTakesItAlong() {
        push();
        releases.remove(SHOP, told::add);
        assertThat(releases.canaries().list()).isEmpty();
        assertThat(routes()).isEmpty();
        assertThat(rig.target.find()).isEmpty();
    }
}
