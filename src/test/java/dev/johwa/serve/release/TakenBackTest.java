package dev.johwa.serve.release;

import static dev.johwa.Wait.eventually;
import static dev.johwa.serve.release.ReleaseRig.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rollback right after a release, while what served before still finishes its requests.
class TakenBackTest {
    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void start() throws IOException {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
        rig.edge.settled = new CountDownLatch(1);
        push();
        push();
    }

    @AfterEach
    void end() {
        rig.edge.settled.countDown();
        rig.close();
    }

    private void push() {
        assertThat(releases.release(rig.passed(Map.of()), line -> {}, new Cancel())
                        .live())
                .isTrue();
    }

    private void rollback() {
        assertThat(releases.rollBack(SHOP, OptionalInt.empty(), false, "me", line -> {})
                        .live())
                .isTrue();
    }

    private List<String> served() {
        return rig.edge.table().routes().stream()
                .flatMap(route -> ((Instances) route.backend()).endpoints().stream())
                .map(Endpoint::instance)
                .toList();
    }

    @Test
    void whatItAnswersByThenIsNotCut() {
        var second = served();
        rollback();
        var first = served();
        assertThat(first).doesNotContainAnyElementsOf(second);

        rig.edge.settled.countDown();

        eventually(() -> rig.edge.cut.containsAll(second));
        assertThat(rig.edge.cut).doesNotContainAnyElementsOf(first);
        assertThat(rig.target.find()).extracting(Instance::id).containsAll(first);
    }

    @Test
    void whatIsBeingStoppedIsNotTakenBack() {
        push();
        // The first one is older than what a rollback usually wants, and is being stopped.
        assertThat(releases.rollBack(SHOP, OptionalInt.of(1), false, "me", line -> {})
                        .live())
                .isTrue();
        var serves = served();

        rig.edge.settled.countDown();

        eventually(() -> rig.target.find().size() <= 2);
        assertThat(served()).isEqualTo(serves);
        assertThat(rig.target.find()).extracting(Instance::id).containsAll(serves);
    }
}
