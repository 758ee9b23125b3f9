package dev.johwa.watch.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Kept;
import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.process.Command;
import dev.johwa.lib.process.Confinement;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.process.Running;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.release.AppEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control plane is killed while it breaks and mends a real program: whatever it was about to do, the program runs
/// on in the end, by the next control plane or by nobody; `-Djohwa.kills=100` times.
class FaultKillsTest {
    private static final int FEW = 2;
    private static final long LONGEST_NANOS = 400_000_000;

    @TempDir
    Path folder;

    private final SystemClock clock = new SystemClock();
    private final Processes processes = new Processes(clock, List.of());
    private final int kills = Integer.getInteger("johwa.kills", FEW);
    private final long seed = Long.getLong("johwa.seed", 11);

    @Test
    void whatIsPausedRunsOnWhereverTheControlPlaneIsKilled() throws Exception {
        var random = new Random(seed);
        var command = new Command(List.of("sleep", "86400"), folder, Map.of("PATH", "/usr/bin:/bin"));
        var victim = processes.start(command, Confinement.none(), folder.resolve("victim"));
        var told = Files.write(folder.resolve("victim.json"), Json.bytes(victim));
        int left = 0;
        try {
            Wait.eventually(() -> processes.program(victim).isPresent());
            for (int i = 0; i < kills; i++) {
                var state = Files.createDirectories(folder.resolve("state" + i));
                kill(state, told, random.nextLong(LONGEST_NANOS));
                left += i % 2 == 0 ? recovered(state, victim) : 0;
                // Who wakes it needs a second, where nobody else came.
                Wait.eventually(() -> !isStopped(victim));
            }
        } finally {
            processes.stop(victim, Duration.ZERO);
        }
        System.out.println("kills " + kills + ", seed " + seed + ": " + left + " faults were left to the next");
    }

    private void kill(Path state, Path victim, long after) throws Exception {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djdk.httpclient.allowRestrictedHeaders=host",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FaultLoop.class.getName(),
                        state.toString(),
                        victim.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (var out = new BufferedReader(child.inputReader())) {
            assertThat(out.readLine())
                    .as(Files.readString(folder.resolve("err")))
                    .isEqualTo("ready");
            LockSupport.parkNanos(after);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /// @return how many faults were left
    private int recovered(Path state, Running victim) {
        List<Class<? extends Fact>> kinds = List.of(FaultBegun.class, FaultEnded.class);
        try (var database = Kept.ofTests().open(state);
                var tasks = new Tasks();
                var facts = new FactLog(database, clock, kinds)) {
            var faults = new Faults(new FaultStore(database, facts), clock, tasks, mender(victim), () -> false);
            int left = faults.all().size();
            faults.recover();
            assertThat(faults.all()).isEmpty();
            return left;
        }
    }

    private Mender mender(Running victim) {
        return new Mender() {
            @Override
            public void resume(Set<String> instances) {
                processes.resume(victim);
            }

            @Override
            public void join(AppEnvironment where, String variable) {}

            @Override
            public void reroute() {}

            @Override
            public void disturb(AppEnvironment where, Instant until) {}
        };
    }

    private boolean isStopped(Running victim) {
        try {
            var stat = Files.readString(
                    Path.of("/proc/" + processes.program(victim).orElseThrow() + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
