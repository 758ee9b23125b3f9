package dev.johwa.lib.process;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program outlives the JVM that started it, however that ends.
class SurvivalTest {
    @TempDir
    Path folder;

    /// The first control plane: starts a program, tells of it, and waits to be killed.
    static final class First {
        private First() {}

        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            var processes = new Processes(new SystemClock(), List.of(Path.of("/usr/bin/bwrap")));
            var confinement = new Confinement(
                    Confinement.Isolation.FILES,
                    0,
                    List.of(Confinement.Bind.writable(folder)),
                    Confinement.Limits.none());
            var command = new Command(
                    List.of("sh", "-c", "while [ ! -e end ]; do echo tick; sleep 0.05; done; exit 7"),
                    folder,
                    Map.of("PATH", "/usr/bin:/bin"));
            var running = processes.start(command, confinement, folder.resolve("run"));
            Files.write(folder.resolve("part"), Json.bytes(running));
            Files.move(folder.resolve("part"), folder.resolve("running"));
            Thread.sleep(60_000);
        }
    }

    @Test
    void itsExitIsKnownToTheNextOne() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var first = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), First.class.getName(), folder.toString())
                .inheritIO()
                .start();
        eventually(() -> Files.exists(folder.resolve("running")));
        first.destroyForcibly().waitFor();
        var running = Json.read(Files.readAllBytes(folder.resolve("running")), Running.class);
        var processes = new Processes(new SystemClock(), List.of());
        long before = Files.size(running.out());
        eventually(() -> size(running.out()) > before + 10);
        assertThat(processes.isAlive(running)).isTrue();
        Files.createFile(folder.resolve("end"));
        assertThat(processes.await(running, Duration.ofSeconds(20))).contains(new Exit.Status(7));
        processes.stop(running, Duration.ZERO);
    }

    /// A control plane in the background of a script: shells that are no terminal's start that without Ctrl-C.
    static final class InTheBackground {
        private InTheBackground() {}

        public static void main(String[] arguments) {
            var folder = Path.of(arguments[0]);
            var tell = List.of("/bin/grep", "SigIgn", "/proc/self/status");
            Detached.start(tell, folder.resolve("detached"));
            var processes = new Processes(new SystemClock(), List.of());
            var command = new Command(tell, folder, Map.of("PATH", "/usr/bin:/bin"));
            var running = processes.begin(command, Confinement.none(), folder.resolve("run"));
            processes.await(running, Duration.ofSeconds(20));
            processes.stop(running, Duration.ZERO);
        }
    }

    @Test
    void whatIsStartedFromTheBackgroundOfAScriptHasItsSignals() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var ignoring = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap '' HUP INT QUIT; exec \"$@\"",
                        "sh",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        InTheBackground.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(ignoring.waitFor()).isZero();
        assertThat(ignored(folder.resolve("run/out"))).isZero();
        eventually(() -> size(folder.resolve("detached")) > 0);
        assertThat(ignored(folder.resolve("detached"))).isZero();
    }

    /// Of those three signals.
    private static long ignored(Path told) throws IOException {
        var mask = Files.readString(told).strip().replaceFirst("SigIgn:\\s*", "");
        return Long.parseUnsignedLong(mask, 16) & 0b111;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
