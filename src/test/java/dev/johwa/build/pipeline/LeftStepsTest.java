package dev.johwa.build.pipeline;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control plane ended while a step ran, or the moment after it: nothing of it works beside the next attempt.
class LeftStepsTest {
    @TempDir
    Path work;

    private final Processes first = new Processes(new SystemClock(), List.of());

    private void begin(String number, String script) {
        var command = new Command(List.of("sh", "-c", script), work, Map.of("PATH", "/usr/bin:/bin"));
        first.begin(command, Confinement.none(), work.resolve("shop-1-1/steps/" + number));
    }

    private static boolean lives(String words) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(words));
    }

    @Test
    void whatAStepLeftEndsWithIt() {
        // Where there are no control groups, one that also prints elsewhere is found only within a sandbox.
        var hidden = first.ability().limitsBy().equals("rlimit") ? "" : " >/dev/null 2>&1";
        begin("1", "sleep 4795");
        begin("2", "setsid sleep 4796" + hidden + " & exit 0");
        eventually(() -> lives("sleep 4795") && lives("sleep 4796"));
        eventually(() -> Files.exists(work.resolve("shop-1-1/steps/2/exit")));

        Workshop.endUnfinished(work, new Processes(new SystemClock(), List.of()));

        assertThat(lives("sleep 4795")).isFalse();
        assertThat(lives("sleep 4796")).isFalse();
        Workshop.endUnfinished(work, first);
    }
}
