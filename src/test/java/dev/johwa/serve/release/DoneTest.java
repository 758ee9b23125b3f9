package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.build.pipeline.Passed;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.dummy.DummyTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of compose files that end by themselves.
class DoneTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private ReleaseRig rig;
    private Releases releases;

    @BeforeEach
    void open() throws IOException {
        rig = new ReleaseRig(folder);
        releases = rig.releases();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private AppStatus after(Passed passed) {
        assertThat(releases.release(passed, said::add, new Cancel()).live()).isTrue();
        for (int round = 0; round < 3; round++) {
            rig.clock.advance(Duration.ofSeconds(5));
            ReleaseRig.supervise(releases);
        }
        return releases.status(Optional.empty()).getFirst();
    }

    @Test
    void oneThatEndedWellIsDoneAlsoForTheNextControlPlane() {
        var status = after(rig.composed(true, Map.of("DUMMY_EXIT", "0")));

        assertThat(status.state()).isEqualTo("done");
        assertThat(status.isWell()).isTrue();
        assertThat(status.ends()).isEmpty();
        assertThat(status.instances()).extracting(each -> each.state()).containsExactly("done");
        assertThat(String.join("\n", said)).contains("1 of 1 ended well");
        var before = rig.target.find();
        releases = rig.releases();
        releases.recover();
        ReleaseRig.supervise(releases);
        assertThat(rig.target.find()).isEqualTo(before);
        assertThat(releases.status(Optional.empty()).getFirst().state()).isEqualTo("done");
    }

    @Test
    void oneThatFailedBeforeItEndedWellIsDoneAfterAWhile() {
        var passed = rig.composed(true, Map.of("DUMMY_LISTEN_AFTER", "never"));
        assertThat(releases.release(passed, said::add, new Cancel()).live()).isTrue();
        for (int times = 0; times < 4; times++) {
            end(1);
            rig.clock.advance(Duration.ofSeconds(10));
            ReleaseRig.supervise(releases);
        }
        assertThat(state()).isEqualTo("failed");

        end(0);
        rig.clock.advance(Duration.ofSeconds(61));
        ReleaseRig.supervise(releases);
        assertThat(state()).isEqualTo("done");
    }

    @Test
    void aDatabaseIsNeverDone() {
        var status = after(rig.composed("redis/redis-stack-server:7", true, Map.of("DUMMY_EXIT", "0")));

        assertThat(status.state()).isNotEqualTo("done");
        assertThat(status.ends()).containsOnlyKeys("worker");
    }

    private void end(int status) {
        ((DummyTarget) rig.target).crash(rig.target.find().getFirst(), status);
        ReleaseRig.supervise(releases);
    }

    private String state() {
        return releases.status(Optional.empty()).getFirst().state();
    }

    @Test
    void oneThatTheFileStartsAgainIsStartedAgain() {
        var status = after(rig.composed(false, Map.of("DUMMY_EXIT", "0")));

        assertThat(status.state()).isNotEqualTo("done");
        assertThat(status.ends()).containsOnlyKeys("worker");
    }
}
