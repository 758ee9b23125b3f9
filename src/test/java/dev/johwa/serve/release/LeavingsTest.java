package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.data.AppFolder;
import dev.johwa.source.config.Values;
import dev.johwa.source.git.Pushed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is deleted stays for a while; what nobody pushed to for long goes.
@ParameterizedClass
@EnumSource(Kept.class)
class LeavingsTest {
    @Parameter
    Kept kept;

    private static final Values.Scope SCOPE = new Values.Scope("shop", "shop", "production");

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void start() throws IOException {
        rig = new ReleaseRig(folder, kept);
        rig.values.setSecrets(SCOPE, Map.of("KEY", "secret"));
        releases = rig.releases();
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aDeletedAppIsGoneButWhatItLeavesStaysForAWeek() {
        var lines = new ArrayList<String>();
        releases.delete("shop", "shop", false, lines::add);

        assertThat(releases.current(SHOP)).isEmpty();
        assertThat(releases.list(SHOP)).isEmpty();
        assertThat(rig.target.find()).isEmpty();
        assertThat(rig.edge.table().routes()).isEmpty();
        assertThat(String.join("\n", lines))
                .contains("until 2026-01-08 00:00 UTC")
                .contains("--now");
        rig.clock.advance(Duration.ofDays(6));
        releases.tidy();
        assertThat(rig.values.secretNames(SCOPE)).containsExactly("KEY");
        assertThat(rig.repositories().exists("shop")).isTrue();

        rig.clock.advance(Duration.ofDays(2));
        releases.tidy();
        assertThat(rig.values.secretNames(SCOPE)).isEmpty();
        assertThat(rig.repositories().exists("shop")).isFalse();
    }

    /// The deletion could not be ended, as when the disk was full, and somebody pushes before it is tried again.
    @Test
    void oneThatComesBackInTheMiddleOfItsDeletionStays() {
        releases.delete("shop", "shop", false, line -> {});
        rig.database.write(handle -> handle.execute("update deleted_apps set leaving = true"));
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());

        releases.recover();

        assertThat(releases.current(SHOP)).isPresent();
        rig.clock.advance(Duration.ofDays(8));
        releases.tidy();
        assertThat(releases.current(SHOP)).isPresent();
        assertThat(rig.values.secretNames(SCOPE)).containsExactly("KEY");
    }

    @Test
    void oneThatComesBackKeepsWhatItHad() {
        releases.delete("shop", "shop", false, line -> {});
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
        rig.clock.advance(Duration.ofDays(8));
        releases.tidy();
        assertThat(rig.values.secretNames(SCOPE)).containsExactly("KEY");
        assertThat(releases.current(SHOP)).isPresent();
    }

    @Test
    void oneThatFailsToComeBackLeavesNothingForEver() {
        releases.delete("shop", "shop", false, line -> {});
        releases.release(rig.passed(Map.of("DUMMY_EXIT", "1")), line -> {}, new Cancel());
        assertThat(releases.current(SHOP)).isEmpty();

        rig.clock.advance(Duration.ofDays(8));
        releases.tidy();
        assertThat(rig.values.secretNames(SCOPE)).isEmpty();
        assertThat(rig.repositories().exists("shop")).isFalse();
    }

    @Test
    void aPushThatLedToNoReleaseKeepsItForAnotherWeek() {
        releases.delete("shop", "shop", false, line -> {});
        rig.clock.advance(Duration.ofDays(6));
        rig.facts.append(new Pushed("shop", "refs/heads/main", "a".repeat(40), "b".repeat(40), "test", false));
        rig.clock.advance(Duration.ofDays(2));
        releases.tidy();
        assertThat(rig.repositories().exists("shop")).isTrue();

        rig.clock.advance(Duration.ofDays(6));
        releases.tidy();
        assertThat(rig.repositories().exists("shop")).isFalse();
    }

    @Test
    void itCanGoAtOnce() {
        releases.delete("shop", "shop", true, line -> {});
        assertThat(rig.values.secretNames(SCOPE)).isEmpty();
        assertThat(rig.repositories().exists("shop")).isFalse();
    }

    @Test
    void aPreviewGoesTwoWeeksAfterTheLastPush() {
        var where = new AppEnvironment("shop", "shop", "feature");
        var lines = new ArrayList<String>();
        releases.release(rig.preview("feature"), lines::add, new Cancel());
        assertThat(String.join("\n", lines)).contains("goes with its branch, or after 14 days without a push");
        rig.clock.advance(Duration.ofDays(13));
        releases.release(rig.preview("feature"), line -> {}, new Cancel());
        rig.clock.advance(Duration.ofDays(13));
        releases.tidy();
        assertThat(releases.current(where)).isPresent();

        rig.clock.advance(Duration.ofDays(2));
        releases.tidy();
        assertThat(releases.current(where)).isEmpty();
        assertThat(releases.current(SHOP)).isPresent();
    }

    @Test
    void theSettleTimeFollowsHowItWent() {
        var environments = new AppEnvironments(rig.database);
        long first = environments.get(SHOP).settleMillis();
        assertThat(first).isLessThan(AppEnvironments.FIRST_SETTLE);
        environments.learn(SHOP, false);
        assertThat(environments.get(SHOP).settleMillis()).isGreaterThanOrEqualTo(1_000);
        for (int i = 0; i < 10; i++) {
            environments.learn(SHOP, true);
        }
        assertThat(environments.get(SHOP).settleMillis()).isEqualTo(50);
    }

    @Test
    void aFolderThatWasBeingRemovedStaysUntilNoReleaseHasIt() {
        assertThat(releases.folders().add(SHOP, "./uploads", line -> {})).isFalse();
        mark("LEAVING");
        releases.recover();
        assertThat(releases.folders().requireAdded(SHOP, "uploads/").state()).isEqualTo(AppFolder.State.READY);
        assertThat(releases.folders().list())
                .extracting(AppFolders.Folder::path)
                .containsExactly("uploads/");

        mark("GOING");
        releases.recover();
        assertThat(releases.folders().list()).isEmpty();
    }

    private void mark(String state) {
        rig.database.write(handle -> handle.execute("update app_folders set state = ?", state));
    }
}
