package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.dummy.DummyTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The container engine is away when the control plane starts, and something is half done: everything else goes on, and
/// that is done once the engine is back.
class EngineAwayTest {
    private static final AppEnvironment PREVIEW = new AppEnvironment("shop", "shop", "feature");

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private AwayTarget away;
    private InstanceStore rows;

    @BeforeEach
    void begin() throws IOException {
        rig = new ReleaseRig(folder);
        away = new AwayTarget(rig.target);
        rows = new InstanceStore(rig.database);
        release(rig.releases(away.target), Map.of());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void release(Releases releases, Map<String, String> behaviour) {
        releases.release(rig.passed(behaviour), line -> {}, new Cancel());
    }

    /// As a control plane does that starts while the engine is away.
    private Releases started() {
        away.away.set(true);
        var releases = rig.releases(away.target);
        assertThatCode(releases::recover).doesNotThrowAnyException();
        releases.superviseOnce();
        return releases;
    }

    private void comesBack(Releases releases) {
        away.away.set(false);
        rig.clock.advance(Duration.ofSeconds(6));
        releases.superviseOnce();
    }

    private List<String> running() {
        return rig.target.find().stream().map(Instance::id).toList();
    }

    private List<String> ids(AppEnvironment where) {
        return rows.of(where).stream().map(kept -> kept.instance().id()).toList();
    }

    @Test
    void whatFellAsleepIsStoppedLater() {
        var awake = ids(SHOP);
        new AppEnvironments(rig.database).sleep(SHOP, true);

        var releases = started();
        assertThat(ids(SHOP)).isEqualTo(awake);
        assertThat(running()).isEqualTo(awake);

        comesBack(releases);
        assertThat(ids(SHOP)).isEmpty();
        assertThat(running()).isEmpty();
        assertThat(new AppEnvironments(rig.database).get(SHOP).sleeping()).isTrue();
    }

    @Test
    void aPreviewWithoutItsBranchGoesLater() {
        rig.releases(away.target).release(rig.preview("feature"), line -> {}, new Cancel());
        assertThat(ids(PREVIEW)).hasSize(1);

        var releases = started();
        assertThat(ids(PREVIEW)).hasSize(1);
        assertThat(releases.current(PREVIEW)).isEmpty();
        assertThat(releases.current(SHOP)).isPresent();

        comesBack(releases);
        assertThat(ids(PREVIEW)).isEmpty();
        assertThat(releases.list(PREVIEW)).isEmpty();
        assertThat(running()).isEqualTo(ids(SHOP));
    }

    @Test
    void whatNobodyWroteDownIsStoppedLater() {
        var unknown = ids(SHOP);
        unknown.forEach(rows::remove);

        var releases = started();
        assertThat(running()).isEqualTo(unknown);

        comesBack(releases);
        assertThat(running()).isNotEmpty().doesNotContainAnyElementsOf(unknown).isEqualTo(ids(SHOP));
    }

    @Test
    void aDeploymentThatWasNotOverIsEnded() {
        release(rig.releases(away.target), Map.of("KIND", "next"));
        // As if the control plane had ended before the switch.
        rig.database.write(handle -> handle.execute("update app_environments set current = 1"));
        rig.database.write(handle -> handle.execute("update releases set state = 'DEPLOYING' where number = 2"));
        rig.database.write(handle -> handle.execute(
                "insert into open_deployments (project, app, environment, release, kind, by_name, before,"
                        + " secrets_before, secrets_version, started_at) values ('shop', 'shop', 'production', 2,"
                        + " 'push', 'me', 1, 0, 0, 0)"));
        int before = running().size();

        var releases = started();
        assertThat(releases.requireLive(SHOP).number()).isEqualTo(1);
        assertThat(new OpenDeployments(rig.database).list()).isEmpty();
        assertThat(running()).hasSize(before);

        comesBack(releases);
        assertThat(rows.of(SHOP)).extracting(kept -> kept.instance().release()).containsOnly(1);
        assertThat(running()).isEqualTo(ids(SHOP));
    }

    @Test
    void aDeletionThatWasNotOverIsEndedLater() {
        rig.database.write(handle -> handle.execute(
                "insert into deleted_apps (project, app, deleted_at, leaving) values ('shop', 'shop', 0, true)"));

        var releases = started();
        assertThat(running()).hasSize(1);

        comesBack(releases);
        assertThat(running()).isEmpty();
        assertThat(releases.list(SHOP)).isEmpty();
    }

    /// One that leaves kept all others from being looked after.
    @Test
    void othersAreLookedAfterMeanwhile() {
        var releases = rig.releases(away.target);
        releases.superviseOnce();
        release(releases, Map.of("KIND", "next"));
        rig.clock.advance(ReleaseRig.WARM.plusSeconds(1));
        away.away.set(true);
        var live = rows.of(SHOP).stream().filter(kept -> !kept.isLeaving()).toList();
        live.forEach(kept -> ((DummyTarget) rig.target).crash(kept.instance(), 1));

        assertThatCode(releases::superviseOnce).doesNotThrowAnyException();

        assertThat(rig.facts.all(InstanceCrashed.class)).hasSize(1);
        comesBack(releases);
        assertThat(running()).hasSize(1);
    }
}
