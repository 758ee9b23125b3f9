package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.task.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `johwa down` waits for the end of the control plane, not for whoever started it to ask how it ended.
class EndingTest {
    @TempDir
    Path data;

    /// As long as nobody ends it.
    static final class Waits {
        private Waits() {}

        public static void main(String[] arguments) throws Exception {
            Files.writeString(
                    Path.of(arguments[0]),
                    String.valueOf(ProcessHandle.current().pid()));
            Thread.sleep(Duration.ofMinutes(2));
        }
    }

    @Test
    void aControlPlaneOfWhichNobodyAsksHowItEndedIsOver() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var told = data.resolve("pid");
        // `exec` leaves somebody as its parent who never asks.
        var parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "\"$@\" & exec sleep 120",
                        "sh",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waits.class.getName(),
                        told.toString())
                .inheritIO()
                .start();
        try (var tasks = new Tasks()) {
            eventually(() -> Files.exists(told) && told.toFile().length() > 0);
            long pid = Long.parseLong(Files.readString(told));
            Files.createDirectories(data.resolve("run"));
            Files.write(Control.file(data), Json.bytes(new Control(pid, "", "", null, null)));
            long begun = System.nanoTime();

            new Ending(data, new SystemClock(), tasks).controlPlane();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(Files.readString(Path.of("/proc/" + pid + "/stat"))).contains(") Z ");
            assertThat(Control.file(data)).doesNotExist();
        } finally {
            parent.destroyForcibly();
            assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
