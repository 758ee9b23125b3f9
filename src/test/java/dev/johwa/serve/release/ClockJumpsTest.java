package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clock that is put forward or back, while what served before still answers. Seen under fire: a stream was cut.
class ClockJumpsTest {
    private static final Duration HOURS = Duration.ofHours(3);

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

    @Test
    void whoLeavesStaysAsLongWhenTheClockIsPutForward() {
        rig.clock.set(rig.clock.now().plus(HOURS));
        supervise();
        assertThat(instances()).contains(first);

        rig.clock.advance(ReleaseRig.WARM.plusSeconds(1));
        supervise();
        assertThat(instances()).doesNotContain(first);
    }

    @Test
    void whoLeavesStaysNoLongerWhenTheClockIsPutBack() {
        rig.clock.set(rig.clock.now().minus(HOURS));
        supervise();
        assertThat(instances()).contains(first);

        rig.clock.advance(ReleaseRig.WARM.plusSeconds(1));
        supervise();
        assertThat(instances()).doesNotContain(first);
    }
}
