package dev.johwa.serve.target.docker;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.lib.process.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine goes and comes back.
class EngineRestartTest {
    @TempDir
    Path folder;

    @Test
    void whatIsNotKnownIsNotTakenForEnded() throws IOException {
        try (var daemon = DockerDaemon.start();
                var rig = new ContainerRig(folder, daemon.engine())) {
            var instance = rig.target.start(rig.app(Map.of("DUMMY_PRINT", "up")));
            eventually(() -> rig.target.observe(instance).address().isPresent());
            var address = rig.target.observe(instance).address();
            var gentle = rig.target.start(
                    rig.shell("trap 'exit 0' TERM; echo up; while true; do /app/busybox usleep 20000; done"));
            var done = rig.target.start(rig.shell("exit 0"));
            eventually(() -> !rig.target.observe(done).isAlive()
                    && !rig.target.lastWords(gentle, 1).isEmpty());
            assertThat(rig.target.endedByItself(done)).isTrue();

            daemon.end();
            assertThat(rig.target.observe(instance).isAlive()).isTrue();
            assertThat(rig.target.observe(instance).address()).isEqualTo(address);
            assertThat(rig.target.observe(instance).notes()).anyMatch(note -> note.contains("cannot be asked"));
            assertThat(rig.target.usage(instance)).isEmpty();

            daemon.begin();
            eventually(() -> !rig.target.observe(instance).isAlive());
            // It ended well since it was asked to, with the engine.
            assertThat(rig.target.observe(gentle).exit()).contains(new Exit.Status(0));
            assertThat(rig.target.endedByItself(gentle)).isFalse();
            assertThat(rig.again().endedByItself(done)).isTrue();
            assertThat(rig.target.observe(instance).exit().orElseThrow()).isNotInstanceOf(Exit.Lost.class);
            assertThat(rig.target.lastWords(instance, 10)).containsExactly("up");
            rig.target.stop(instance, Duration.ZERO);
            rig.target.remove(instance);

            var next = rig.target.start(rig.app(Map.of()));
            eventually(() -> rig.target.observe(next).address().isPresent());
        }
    }
}
