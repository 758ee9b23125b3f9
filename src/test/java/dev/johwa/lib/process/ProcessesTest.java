package dev.johwa.lib.process;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Confinement.Isolation;
import dev.johwa.lib.process.Confinement.Limits;
import dev.johwa.lib.process.Processes.Task;
import dev.johwa.lib.task.Cancel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs, also bad ones, as plain processes.
class ProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final Processes processes = new Processes(new SystemClock(), List.of());
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Running> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(running -> processes.stop(running, Duration.ZERO));
    }

    private Running start(String script) {
        var running = processes.start(shell(script), Confinement.none(), folder.resolve("run" + started.size()));
        started.add(running);
        return running;
    }

    private Command shell(String script) {
        return new Command(List.of("sh", "-c", script), folder, Map.of("PATH", "/usr/bin:/bin"));
    }

    private Exit run(String script, Duration limit, Cancel cancel) {
        return run(shell(script), Confinement.none(), limit, cancel);
    }

    private Exit run(Command command, Confinement confinement, Duration limit, Cancel cancel) {
        return processes.run(
                new Task(command, confinement, folder.resolve("task"), limit),
                (channel, line) -> lines.add(channel == Output.Channel.OUT ? line : "! " + line),
                cancel);
    }

    private Exit run(String script) {
        return run(script, LONG, new Cancel());
    }

    @Test
    void tellsOutputAndStatus() {
        assertThat(run("echo one; echo two >&2; exit 7")).isEqualTo(new Exit.Status(7));
        assertThat(lines).containsExactlyInAnyOrder("one", "! two");
    }

    @Test
    void whoWasToEndAPauseThatIsOverDoesNotEndTheNext() throws IOException {
        var running = start("exec sleep 3600");
        eventually(() -> ProcessHandle.of(processes.program(running).orElse(0))
                .flatMap(each -> each.info().command())
                .filter(program -> program.endsWith("sleep"))
                .isPresent());
        long pid = processes.program(running).getAsLong();
        processes.suspend(running, Duration.ofSeconds(1));
        processes.resume(running);
        processes.suspend(running, Duration.ofSeconds(20));
        eventually(() -> ProcessHandle.allProcesses().noneMatch(each -> wakes(each, pid)));

        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2)).startsWith("T");
    }

    /// Whether it sleeps for a second to let one go on.
    private static boolean wakes(ProcessHandle other, long pid) {
        var words = List.of(other.info().arguments().orElse(new String[0]));
        return words.contains("wake") && words.contains("1") && words.getLast().equals(String.valueOf(pid));
    }

    @Test
    void theInputOfWhatRunsToItsEndIsOver() {
        assertThat(run("read line || echo over")).isEqualTo(new Exit.Status(0));
        assertThat(lines).containsExactly("over");
    }

    @Test
    void aSocketThatSeveralProcessesHaveIsOne() {
        var running = start("exec python3 -c 'import os, socket, time; s = socket.create_server((\"127.0.0.1\", 0));"
                + " os.fork(); print(1, flush=True); time.sleep(60)'");
        eventually(() -> running.out().toFile().length() == 4);

        var open = processes.usage(running).open().orElseThrow();
        assertThat(open.sockets()).isEqualTo(1);
        assertThat(open.files()).isBetween(4, 20);
        assertThat(open.limit()).isGreaterThanOrEqualTo(open.files());
    }

    @Test
    void theInputOfWhatStaysNeverEnds() throws Exception {
        var running = start("echo waits; read line; echo ended");
        eventually(() -> running.out().toFile().length() > 0);

        Thread.sleep(200);

        assertThat(processes.isAlive(running)).isTrue();
        assertThat(Files.readString(running.out())).isEqualTo("waits\n");
        assertThat(running.folder().resolve("in")).doesNotExist();
    }

    @Test
    void theEnvironmentIsExactToTheByte() {
        var values = Map.of(
                "PATH", "/usr/bin:/bin",
                "A", "$HOME `id` \"q\" 'q' \\ \t*",
                "B", "one\ntwo\n",
                "IFS", "xyz",
                "EMPTY", "",
                "KOREAN", "조화");
        var command = new Command(List.of("/usr/bin/env", "-0"), folder, values);
        assertThat(run(command, Confinement.none(), LONG, new Cancel()).isSuccess())
                .isTrue();
        var printed = String.join("\n", lines).split("\0");
        assertThat(printed)
                .containsExactlyInAnyOrder(
                        "PATH=/usr/bin:/bin",
                        "A=" + values.get("A"),
                        "B=one\ntwo\n",
                        "IFS=xyz",
                        "EMPTY=",
                        "KOREAN=조화",
                        "PWD=" + folder);
    }

    @Test
    void whatLoadersReadActsOnTheProgramOnly() {
        var command = new Command(
                List.of("/bin/echo", "fine"), folder, Map.of("LD_PRELOAD", "/nowhere/evil.so", "ENV", "/nowhere/rc"));
        assertThat(run(command, Confinement.none(), LONG, new Cancel()).isSuccess())
                .isTrue();
        assertThat(lines.stream().filter(line -> line.contains("evil"))).hasSize(1);
    }

    @Test
    void aProgramThatIsNotThereSaysSo() {
        var command = new Command(List.of("no-such-program"), folder, Map.of("PATH", "/usr/bin"));
        assertThat(run(command, Confinement.none(), LONG, new Cancel())).isEqualTo(new Exit.Status(127));
        assertThat(lines).singleElement().asString().contains("no-such-program");
    }

    @Test
    void aStartThatFailsLeavesNoGroup() throws IOException {
        var name = "failing" + ProcessHandle.current().pid();
        // There is no room for what it would write down.
        Files.createDirectories(folder.resolve(name).resolve("group"));
        if (processes.ability().limitsBy().equals("rlimit")) {
            return;
        }
        assertThatThrownBy(() -> processes.start(shell("true"), Confinement.none(), folder.resolve(name)))
                .hasMessageContaining("cannot be started");
        for (var base : List.of("pids/johwa", "johwa")) {
            var groups = Path.of("/sys/fs/cgroup", base);
            if (Files.isDirectory(groups)) {
                try (var all = Files.list(groups)) {
                    assertThat(all).noneMatch(group -> group.toString().contains(name));
                }
            }
        }
    }

    @Test
    void standardInputIsEmpty() {
        assertThat(run("cat; echo end")).isEqualTo(new Exit.Status(0));
        assertThat(lines).containsExactly("end");
    }

    @Test
    void aSignalIsTold() {
        assertThat(run("kill -9 $$")).isEqualTo(new Exit.Signal(9));
        assertThat(lines).isEmpty();
    }

    @Test
    void binaryOutputAndALongLineDoNoHarm() {
        assertThat(run("head -c 300000 /dev/urandom; echo; head -c 200000 /dev/zero | tr '\\0' x; echo; echo end")
                        .isSuccess())
                .isTrue();
        assertThat(lines).last().isEqualTo("end");
        assertThat(lines).allMatch(line -> line.length() <= 80 << 10);
    }

    @Test
    void timeOverEndsTheWholeGroup() {
        var exit = run(
                "trap '' TERM INT; sleep 300 & setsid sleep 301 & while :; do sleep 0.1; done",
                seconds(1),
                new Cancel());
        assertThat(exit).isEqualTo(new Exit.TimedOut(seconds(1)));
        assertThat(printing(folder.resolve("task"))).isEmpty();
    }

    @Test
    void cancelReachesAProgramThatWantsToTidyUp() {
        var cancel = new Cancel();
        var exit = CompletableFuture.supplyAsync(
                () -> run("trap 'echo tidied; exit 3' INT; echo ready; while :; do sleep 0.05; done", LONG, cancel));
        eventually(() -> lines.contains("ready"));
        cancel.cancel("enough");
        assertThat(exit.join()).isEqualTo(new Exit.Cancelled("enough"));
        assertThat(lines).contains("tidied");
    }

    @Test
    void nothingIsLeftOfATaskThatLeaksChildren() {
        assertThat(run("sleep 300 & (setsid sh -c 'sleep 301 & sleep 302' &) ; nohup sleep 303 & echo done")
                        .isSuccess())
                .isTrue();
        assertThat(printing(folder.resolve("task"))).isEmpty();
    }

    @Test
    void linesComeWhileItRuns() {
        var cancel = new Cancel();
        var exit = CompletableFuture.supplyAsync(() -> run("echo first; while :; do sleep 0.05; done", LONG, cancel));
        eventually(() -> lines.contains("first"));
        assertThat(exit).isNotDone();
        cancel.cancel("seen");
        exit.join();
    }

    @Test
    void aGigabyteOfOutputCostsLittle() throws IOException {
        var counted = new long[2];
        var task = new Task(
                shell("yes 'a line of forty letters that says nothing' | head -c 1000000000; echo; echo last"),
                Confinement.none(),
                folder.resolve("task"),
                Duration.ofSeconds(120));
        var exit = processes.run(
                task,
                (channel, line) -> {
                    counted[0]++;
                    counted[1] = line.equals("last") ? 1 : 0;
                },
                new Cancel());
        assertThat(exit.isSuccess()).isTrue();
        assertThat(counted[1]).isOne();
        var out = folder.resolve("task/out");
        assertThat(Files.size(out)).isGreaterThan(1_000_000_000L);
        assertThat(blocks(out)).isLessThan(300L << 20);
    }

    private static long blocks(Path file) throws IOException {
        var process = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(process.getInputStream().readAllBytes()).strip()) * 512;
    }

    @Test
    void isFoundAgainByAnother() {
        var running = start("echo up; exec sleep 300");
        var another = new Processes(new SystemClock(), List.of());
        var copy = new Running(
                running.pid(),
                running.startTicks(),
                running.folder(),
                running.group(),
                running.address(),
                running.startedAt());
        assertThat(another.isAlive(copy)).isTrue();
        assertThat(another.exit(copy)).isEmpty();
        another.stop(copy, seconds(5));
        assertThat(another.exit(copy)).contains(new Exit.Signal(15));
        var other = new Running(
                running.pid(),
                running.startTicks() + 1,
                running.folder(),
                running.group(),
                running.address(),
                running.startedAt());
        assertThat(another.isAlive(other)).isFalse();
    }

    @Test
    void stopEndsWhatIgnoresTheSignal() {
        var running = start("trap '' TERM; echo up; while :; do sleep 0.1; done");
        eventually(() -> text(running.out()).contains("up"));
        processes.stop(running, Duration.ofMillis(200));
        assertThat(processes.exit(running)).contains(new Exit.Signal(9));
        assertThat(processes.isAnyLeft(running)).isFalse();
    }

    @Test
    void aKilledWrapperIsAnEndUnseen() throws IOException {
        var running = start("kill -9 $PPID; exec sleep 300");
        eventually(() -> !processes.isAlive(running));
        assertThat(processes.exit(running)).contains(new Exit.Lost());
        processes.stop(running, Duration.ZERO);
        assertThat(printing(running.folder())).isEmpty();
    }

    @Test
    void aDaemonIsLeftOfItAndStopsWithIt() {
        var running = start("(setsid sleep 300 &); exit 0");
        eventually(() -> !processes.isAlive(running));
        assertThat(processes.exit(running)).contains(new Exit.Status(0));
        // While it becomes another program it shows no environment, by which it is known.
        eventually(() -> processes.isAnyLeft(running));
        processes.stop(running, seconds(5));
        assertThat(processes.isAnyLeft(running)).isFalse();
    }

    @Test
    void listenersAreFound() {
        var running = start("exec python3 -c 'import socket,time;"
                + "a=socket.create_server((\"127.0.0.1\",0));b=socket.create_server((\"0.0.0.0\",0));"
                + "print(a.getsockname()[1],b.getsockname()[1],flush=True);time.sleep(300)'");
        eventually(() -> text(running.out()).contains("\n"));
        var ports = text(running.out()).strip().split(" ");
        assertThat(processes.listeners(running))
                .containsExactlyInAnyOrder(
                        new Processes.Listener("127.0.0.1", Integer.parseInt(ports[0])),
                        new Processes.Listener("0.0.0.0", Integer.parseInt(ports[1])));
    }

    @Test
    void tooLargeAFileIsRefused() {
        var limits =
                new Limits(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.of(1 << 20));
        var exit = run(
                shell("head -c 5000000 /dev/zero > big"),
                new Confinement(Isolation.NONE, 0, List.of(), limits),
                LONG,
                new Cancel());
        assertThat(exit.isSuccess()).isFalse();
        assertThat(folder.resolve("big")).hasSize(1 << 20);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static List<Long> printing(Path folder) {
        var files = Set.of(folder.resolve("out"), folder.resolve("err"));
        return ProcFolder.all().stream()
                .filter(stat -> !stat.isZombie())
                .map(ProcFolder.Stat::pid)
                .filter(pid -> ProcFolder.printsInto(pid, files))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
