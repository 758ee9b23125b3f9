package dev.johwa.serve.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.Detection.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A release waits for the check that its program brings along.
class OwnCheckTest {
    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private ReleaseRig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new ReleaseRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private boolean goesLive(Service service, Map<String, String> behaviour) {
        return rig.releases()
                .release(rig.passed(service, behaviour), said::add, new Cancel())
                .live();
    }

    @Test
    void oneThatPassesLaterGoesLiveThen() {
        var before = rig.clock.now();
        assertThat(goesLive(Service.WEB, Map.of("DUMMY_HEALTHY_AFTER", "2000"))).isTrue();
        assertThat(rig.clock.now()).isAfterOrEqualTo(before.plus(Duration.ofSeconds(2)));
    }

    @Test
    void oneThatNeverPassesDoesNotGoLive() {
        assertThat(goesLive(Service.WEB, Map.of("DUMMY_HEALTHY_AFTER", "never")))
                .isFalse();
        assertThat(String.join("\n", said)).contains("is not healthy by its own check within");
    }

    @Test
    void aWorkerIsWaitedForToo() {
        var never = Map.of("DUMMY_HEALTHY_AFTER", "never", "DUMMY_LISTEN_AFTER", "never");
        assertThat(goesLive(Service.WORKER, never)).isFalse();
        assertThat(String.join("\n", said)).contains("is not healthy by its own check within");
    }
}
