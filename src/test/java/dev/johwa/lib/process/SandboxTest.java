package dev.johwa.lib.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Confinement.Bind;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Processes.Task;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a program in the sandbox sees, and what it does not.
class SandboxTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int ACCOUNT = 345_678;

    @TempDir
    Path folder;

    private final Processes processes = processes();
    private final List<String> lines = new ArrayList<>();
    private Path app;
    private int count;

    protected Processes processes() {
        return new Processes(new SystemClock(), List.of(Path.of("/usr/bin/bwrap")));
    }

    @BeforeEach
    void makeApp() throws IOException {
        Assumptions.assumeTrue(processes.ability().sandbox().isPresent(), "there is no sandbox here");
        app = Files.createDirectories(folder.resolve("app"));
        own(app);
    }

    private void own(Path path) throws IOException {
        if (processes.ability().switchesUsers()) {
            Files.setAttribute(path, "unix:uid", ACCOUNT);
        }
    }

    private Exit run(String script, Limits limits, Bind... more) {
        lines.clear();
        var binds = new ArrayList<>(List.of(more));
        binds.add(new Bind(app, Path.of("/app"), true));
        var command = new Command(
                List.of("sh", "-c", script), Path.of("/app"), Map.of("PATH", "/usr/bin:/bin", "HOME", "/app"));
        var confinement = new Confinement(Isolation.FILES, ACCOUNT, binds, limits);
        return processes.run(
                new Task(command, confinement, folder.resolve("run" + ++count), LONG),
                (channel, line) -> lines.add(line),
                new Cancel());
    }

    private List<String> printed(String script, Bind... more) {
        assertThat(run(script, Limits.none(), more))
                .as(String.join("\n", lines))
                .isEqualTo(new Exit.Status(0));
        return lines;
    }

    @Test
    void itFindsItselfAndItsHomeInTheListOfAccounts() {
        assertThat(printed("getent passwd $(id -u) | cut -d: -f6; id -un")).containsExactly("/app", "app");
    }

    @Test
    void itsFolderIsWhereItIsSaidToBe() throws IOException {
        assertThat(printed("pwd; echo made > here")).containsExactly("/app");
        assertThat(app.resolve("here")).hasContent("made");
        if (processes.ability().switchesUsers()) {
            assertThat(Files.getAttribute(app.resolve("here"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(ACCOUNT);
            assertThat(printed("id -u; id -g")).containsExactly("" + ACCOUNT, "" + ACCOUNT);
        }
    }

    @Test
    void theMachineIsReadOnlyAndOurStateIsNotThere() {
        assertThat(printed(
                        "touch /usr/x /etc/x 2>/dev/null || echo refused; ls " + folder + " 2>/dev/null || echo gone"))
                .containsExactly("refused", "gone");
        assertThat(printed("ls /root /home 2>/dev/null; ls -A /tmp; ls /app")).doesNotContain("johwa");
    }

    @Test
    void temporaryFilesAreItsOwn() throws IOException {
        var marker = Files.createTempFile("johwa", "marker");
        try {
            assertThat(printed("ls /tmp | wc -l; echo x > /tmp/y && cat /tmp/y"))
                    .containsExactly("0", "x");
        } finally {
            Files.delete(marker);
        }
    }

    @Test
    void aRuntimeUnderAClosedHomeIsReadWhereItLies() throws IOException {
        var home = Files.createDirectories(folder.resolve("home/closed"));
        var tool = Files.createDirectories(home.resolve("versions/1/bin")).resolve("tool");
        Files.writeString(tool, "#!/bin/sh\necho works\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        var bind = Bind.readOnly(home.resolve("versions/1"));
        assertThat(printed(tool.toString(), bind)).containsExactly("works");
        assertThat(run("touch " + home + "/versions/1/x", Limits.none(), bind).isSuccess())
                .isFalse();
    }

    @Test
    void otherProcessesAreNotSeen() {
        assertThat(printed("ls /proc | grep -c '^[0-9]'"))
                .first()
                .satisfies(number -> assertThat(Integer.parseInt(number)).isLessThan(8));
    }

    @Test
    void nothingIsLeftOfWhatItStarted() {
        assertThat(printed("sleep 300 & setsid sleep 301 & nohup sleep 302 & echo done"))
                .contains("done");
        var mine = ProcFolder.all().stream()
                .filter(stat -> stat.name().equals("sleep"))
                .filter(stat -> ProcFolder.printsInto(
                        stat.pid(), Set.of(folder.resolve("run1/out"), folder.resolve("run1/err"))));
        assertThat(mine).isEmpty();
    }

    @Test
    void aSignalAndAStatusComeThrough() {
        assertThat(run("exit 42", Limits.none())).isEqualTo(new Exit.Status(42));
        assertThat(run("kill -SEGV $$", Limits.none())).isEqualTo(new Exit.Signal(11));
    }

    @Test
    void limitsHold() {
        Assumptions.assumeFalse(processes.ability().limitsBy().equals("rlimit"));
        var limits =
                new Limits(OptionalLong.of(96 << 20), OptionalDouble.of(0.5), OptionalInt.of(20), OptionalLong.empty());
        assertThat(run("head -c 300000000 /dev/zero | tail", limits)).isEqualTo(new Exit.OutOfMemory());
        assertThat(run("i=0; while [ $i -lt 60 ]; do sleep 5 & i=$((i+1)); done", limits)
                        .isSuccess())
                .isFalse();
        assertThat(String.join("\n", lines)).containsIgnoringCase("fork");
    }

    @Test
    void aJvmSeesItsMemoryLimit() {
        Assumptions.assumeFalse(processes.ability().limitsBy().equals("rlimit"));
        var java = Path.of(System.getProperty("java.home"));
        var limits = new Limits(
                OptionalLong.of(256 << 20), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());
        var exit = run(
                java + "/bin/java -XX:+PrintFlagsFinal -version 2>/dev/null | grep ' MaxHeapSize '",
                limits,
                Bind.readOnly(java));
        assertThat(exit.isSuccess()).isTrue();
        long heap = Long.parseLong(lines.getFirst().replaceAll(".*= *(\\d+).*", "$1"));
        assertThat(heap).isLessThanOrEqualTo(256L << 20);
    }

    @Test
    void aProgramStartsQuickly() {
        printed("true");
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            printed("true");
        }
        long each = (System.nanoTime() - start) / 20_000_000;
        System.getLogger("test").log(System.Logger.Level.INFO, "start to end of a program: " + each + " ms");
        assertThat(each).isLessThan(200);
    }
}
