package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A clock that is put forward or back, while what served before still answers. Seen under fire: a stream was cut.
class ClockJumpsTest {
    @TempDir
    Path folder;

    private ReleaseRig rig;
    private Releases releases;
    private String first = "";

    @BeforeEach
    void begin() throws IOException {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
        push();
        first = instances().getFirst();
        push();
        ReleaseRig.supervise(releases);
        assertThat(instances()).contains(first);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void push() {
        assertThat(releases.release(rig.passed(Map.of()), line -> {}, new Cancel())
                        .live())
                .isTrue();
    }

    private List<String> instances() {
        return rig.target.find().stream().map(Instance::id).toList();
    }

    private void supervise() {
        // What a round writes the next one sees.
        ReleaseRig.supervise(releases);
        ReleaseRig.supervise(releases);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, -3})
    void whoLeavesStaysAsLongHoweverTheClockIsPut(long hours) {
        rig.clock.set(rig.clock.now().plus(Duration.ofHours(hours)));
        supervise();
        assertThat(instances()).contains(first);

        rig.clock.advance(ReleaseRig.WARM.plusSeconds(1));
        supervise();
        assertThat(instances()).doesNotContain(first);
    }

    /// The second crash in a row brings a pause of a second.
    @ParameterizedTest
    @ValueSource(longs = {2, -2})
    void whoCrashedComesBackAsSoonHoweverTheClockIsPut(long hours) {
        crash();
        crash();
        rig.clock.set(rig.clock.now().plus(Duration.ofHours(hours)));
        supervise();
        assertThat(live()).isEmpty();

        rig.clock.advance(Duration.ofMillis(1_001));
        supervise();
        assertThat(live()).hasSize(1);

        rig.clock.advance(Duration.ofSeconds(62));
        supervise();
        crash();
        assertThat(rig.facts.all(InstanceCrashed.class))
                .extracting(InstanceCrashed::times)
                .containsExactly(1, 2, 1);
    }

    private List<Instance> live() {
        return rig.target.find().stream()
                .filter(instance -> instance.release() == 2)
                .toList();
    }

    private void crash() {
        ((DummyTarget) rig.target).crash(live().getFirst(), 1);
        ReleaseRig.supervise(releases);
    }
}
