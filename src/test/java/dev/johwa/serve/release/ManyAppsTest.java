package dev.johwa.serve.release;

import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.release.Release.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is read again and again of many apps is read once while it stays as it is, and at once when it changes.
@ParameterizedClass
@EnumSource(Kept.class)
class ManyAppsTest {
    @Parameter
    Kept kept;

    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void start() throws IOException {
        rig = new ReleaseRig(folder, kept);
        releases = rig.releases();
        releases.release(rig.passed(Map.of()), line -> {}, new Cancel());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void aReleaseIsParsedOnceWhileNothingOfItChanges() {
        var store = new ReleaseStore(rig.database, rig.clock);
        var first = store.serving(Optional.empty()).get(SHOP);

        assertThat(store.serving(Optional.empty()).get(SHOP)).isSameAs(first);
        assertThat(store.serving(SHOP)).containsSame(first);
        store.mark(first, State.LIVE, "somebody wrote this");
        assertThat(store.serving(Optional.of("shop")).get(SHOP).reason()).isEqualTo("somebody wrote this");
        assertThat(store.serving(Optional.of("other"))).isEmpty();
    }

    @Test
    void aReleaseThatServesNoMoreIsNotTheOneThatServes() {
        var first = releases.current(SHOP).orElseThrow();
        releases.release(rig.passed(Map.of("COLOR", "blue")), line -> {}, new Cancel());

        assertThat(releases.find(SHOP, first.number()).map(Release::current)).contains(false);
        assertThat(releases.errands().live().get(SHOP).number()).isEqualTo(first.number() + 1);
    }

    /// Numbers are those of the app, so between two of an environment there may be some of others.
    @Test
    void aReleaseIsFoundByItsNumberWhereverItWent() {
        var feature = new AppEnvironment("shop", "shop", "feature");
        releases.release(rig.preview("feature"), line -> {}, new Cancel());
        releases.release(rig.passed(Map.of("COLOR", "blue")), line -> {}, new Cancel());

        assertThat(releases.find("shop", "shop", 2).map(Release::where)).contains(feature);
        assertThat(releases.find("shop", "api", 2)).isEmpty();
        assertThat(releases.find("shop", "shop", 4)).isEmpty();
        var third = releases.find("shop", "shop", 3).orElseThrow();
        assertThat(releases.previous(third).map(Release::number)).contains(1);
        assertThat(releases.previous(releases.find("shop", "shop", 1).orElseThrow()))
                .isEmpty();
    }

    @Test
    void aRoundOfWatchingSeesWhatWasWrittenSinceTheLast() {
        releases.superviseOnce();
        releases.scale(SHOP, Map.of("web", 2), line -> {});
        var lost = new InstanceStore(rig.database).of(SHOP).getFirst();
        rig.target.stop(lost.instance(), Fleet.GRACE);
        new InstanceStore(rig.database).remove(lost.instance().id());
        releases.superviseOnce();

        assertThat(new InstanceStore(rig.database).of(SHOP)).hasSize(2);
    }

    @Test
    void readingIsNoChangeOfTheDatabaseAndWritingIs() {
        long before = rig.database.changes();
        releases.status(Optional.empty());
        releases.folders().known(Optional.empty());
        assertThat(rig.database.changes()).isEqualTo(before);

        new AppEnvironments(rig.database).sleep(SHOP, true);
        assertThat(rig.database.changes()).isGreaterThan(before);
    }

    @Test
    void oneReadingServesAllWhoAskUntilSomethingIsWritten() {
        var first = releases.errands().live();

        assertThat(releases.status(Optional.of("shop")).getFirst().state()).isEqualTo("live");
        assertThat(releases.errands().live()).isSameAs(first);
        new AppEnvironments(rig.database).sleep(SHOP, true);
        assertThat(releases.status(Optional.of("shop")).getFirst().state()).isEqualTo("sleeping");
        assertThat(releases.errands().live()).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void statusOfSomeProjectsIsThatOfEach() {
        assertThat(releases.status(Set.of("shop", "other"))).isEqualTo(releases.status(Optional.of("shop")));
        assertThat(releases.status(Set.of("other"))).isEmpty();
        assertThat(releases.figures().serving()).containsExactly(Map.entry(SHOP, 1));
    }

    @Test
    void foldersAreThoseOfTheProjectThatIsAskedFor() {
        releases.folders().add(SHOP, "uploads/", line -> {});

        assertThat(releases.folders().known(Optional.of("shop")))
                .extracting(AppFolders.Folder::path)
                .containsExactly("uploads/");
        assertThat(releases.folders().known(Optional.of("other"))).isEmpty();
    }
}
