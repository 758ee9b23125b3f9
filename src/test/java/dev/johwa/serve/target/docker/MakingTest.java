package dev.johwa.serve.target.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Ports;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.detect.ContainerRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left when an engine does not make a container.
class MakingTest {
    private static final int FIRST = 31_760;

    @TempDir
    Path apps;

    @Test
    void thePortOfOneThatCannotBeCreatedIsFreeAgain() throws Exception {
        var instance =
                new Instance("shop-1-web-1", "shop", "production", 1, "web", "docker", apps.toString(), Instant.EPOCH);
        var clock = new SystemClock();
        try (var engine = new FakeEngine();
                var tasks = new Tasks()) {
            var logs = new Logs(apps, clock, Logs.BUDGET, (app, line) -> line);
            var parts = new Targets.Docker(
                    engine.engine(), (app, digest) -> "x:1", apps, logs, clock, tasks, new Processes(clock, List.of()));
            var making = new Making(parts, new Places(apps), new Marks(apps), new Ports(FIRST, FIRST + 2));
            engine.isFull = true;
            for (int tries = 0; tries < 4; tries++) {
                var refused = catchThrowableOfType(
                        ProblemException.class, () -> making.start(instance, Specs.shop(ContainerRun.NONE), true));
                assertThat(refused).hasMessageContaining("no space left");
            }
            engine.isFull = false;
            assertThat(making.start(instance, Specs.shop(ContainerRun.NONE), true)
                            .published())
                    .isBetween(FIRST, FIRST + 2);
        }
    }
}
