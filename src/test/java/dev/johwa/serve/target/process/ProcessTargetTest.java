package dev.johwa.serve.target.process;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.task.Cancel;
import dev.johwa.serve.target.InstanceSpec;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Target;
import dev.johwa.serve.target.TargetContract;
import dev.johwa.serve.target.Targets;
import dev.johwa.source.detect.ContainerRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real programs as instances, in a sandbox where the machine has one.
class ProcessTargetTest extends TargetContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String APP = """
            import http.server, os, sys, time
            print(os.environ.get("DUMMY_PRINT", ""), flush=True)
            time.sleep(int(os.environ.get("DUMMY_TAKES", "0")) / 1000)
            if "DUMMY_EXIT" in os.environ or "DUMMY_TAKES" in os.environ:
                sys.exit(int(os.environ.get("DUMMY_EXIT", "0")))
            after = os.environ.get("DUMMY_LISTEN_AFTER", "0")
            time.sleep(3600 if after == "never" else int(after) / 1000)
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(int(os.environ.get("DUMMY_STATUS", "200")))
                    self.end_headers()
            port = int(os.environ.get("FIXED", os.environ["PORT"]))
            host = os.environ.get("ON", os.environ["HOST"])
            http.server.ThreadingHTTPServer((host, port), Handler).serve_forever()
            """;

    @TempDir
    Path folder;

    private final SystemClock clock = new SystemClock();
    private final Processes processes = new Processes(clock, bubblewraps());
    private Images images;
    private Digest artifact;
    private Logs logs;
    private Target target;

    protected List<Path> bubblewraps() {
        return List.of(Path.of("/usr/bin/bwrap"));
    }

    @BeforeEach
    void pack() throws IOException {
        var source = Files.createDirectories(folder.resolve("source/uploads"));
        Files.writeString(folder.resolve("source/app.py"), APP);
        Files.writeString(source.resolve("first"), "shipped");
        images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), clock);
        artifact = images.pack(
                        folder.resolve("source"),
                        List.of(),
                        List.of(),
                        new Images.Start(List.of(), Map.of(), List.of()))
                .manifest();
        logs = new Logs(apps(), clock, Logs.BUDGET, (app, line) -> line.replace("hunter2", "***"));
        target = again();
    }

    private Path apps() {
        return folder.resolve("apps");
    }

    @Override
    protected Target target() {
        return target;
    }

    @Override
    protected Target again() {
        return Targets.process(processes, images, apps(), logs, clock);
    }

    @Override
    protected Digest artifact() {
        return artifact;
    }

    @Override
    protected List<String> command() {
        return List.of("/usr/bin/python3", "app.py");
    }

    private InstanceSpec shell(String script, String... data) {
        return with(spec(Map.of()), List.of("sh", "-c", script), OptionalInt.empty(), OptionalLong.empty(), data);
    }

    private static InstanceSpec with(
            InstanceSpec spec, List<String> command, OptionalInt port, OptionalLong memory, String... data) {
        return new InstanceSpec(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                spec.artifact(),
                spec.folder(),
                command,
                spec.environmentValues(),
                port,
                memory,
                spec.cpus(),
                List.of(data),
                spec.tools(),
                List.of(),
                List.of(),
                spec.target(),
                ContainerRun.NONE);
    }

    private List<String> printed(InstanceSpec spec) {
        var lines = new ArrayList<String>();
        var exit = target.run(spec, (channel, line) -> lines.add(line), LONG, new Cancel());
        assertThat(exit).as(String.join("\n", lines)).isEqualTo(new Exit.Status(0));
        return lines;
    }

    @Test
    void whoLooksForInstancesHarmsNoCommandThatRuns() {
        var spec = shell("echo begun; until test -e looked; do test -e app.py || exit 9; sleep 0.02; done");
        var files = apps().resolve("shop/instances/" + spec.id() + "/files");

        var exit = target.run(
                spec,
                (channel, line) -> {
                    assertThat(target.find()).isEmpty();
                    createFile(files.resolve("looked"));
                },
                LONG,
                new Cancel());

        assertThat(exit).isEqualTo(new Exit.Status(0));
    }

    private static void createFile(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itsFilesAreItsOwn() throws IOException {
        assertThat(printed(shell("echo changed > app.py; touch new; cat app.py")))
                .containsExactly("changed");
        assertThat(images.unpack(artifact).resolve("app.py")).hasContent(APP);
        assertThat(printed(shell("ls"))).containsExactly("app.py", "uploads");
    }

    @Test
    void dataOutlivesItAndBeginsWithWhatWasShipped() {
        assertThat(printed(shell("cat uploads/first; echo more > uploads/second", "uploads/")))
                .containsExactly("shipped");
        assertThat(printed(shell("ls uploads", "uploads"))).containsExactly("first", "second");
        assertThat(printed(shell("ls uploads"))).containsExactly("first");
    }

    @Test
    void itRunsAsAnAccountOfItsAppThatStays() {
        var account = printed(shell("id -u")).getFirst();
        assertThat(Integer.parseInt(account)).isBetween(310_000, 359_999);
        target = again();
        assertThat(printed(shell("id -u"))).containsExactly(account);
    }

    @Test
    void anAppThatIgnoresPortIsFound() {
        var instance = start(spec(Map.of("FIXED", "0", "ON", "0.0.0.0")));
        assertThat(ask(instance)).isEqualTo(200);
        assertThat(target.observe(instance).notes())
                .anyMatch(note -> note.contains("ignores PORT"))
                .anyMatch(note -> note.contains("all addresses"));
    }

    @Test
    void aDaemonCountsAsAlive() {
        var instance = start(shell("/usr/bin/python3 app.py & exit 0"));
        assertThat(ask(instance)).isEqualTo(200);
        assertThat(target.observe(instance).isAlive()).isTrue();
        target.stop(instance, LONG);
        assertThat(target.observe(instance).isAlive()).isFalse();
    }

    @Test
    void aChildThatIsLeftDoesNotHideACrash() {
        var instance = start(shell("sleep 300 & exit 9"));
        eventually(() -> !target.observe(instance).isAlive());
        assertThat(target.observe(instance).exit()).contains(new Exit.Status(9));
    }

    @Test
    void childrenThatLeftItsSessionAreStoppedWithIt() {
        var instance = start(shell("setsid sleep 300 & setsid -f sleep 301; echo up; exec sleep 302"));
        eventually(() -> target.lastWords(instance, 1).equals(List.of("up")));
        target.stop(instance, LONG);
        assertThat(ProcessHandle.allProcesses()
                        .map(each -> each.info().commandLine().orElse("")))
                .noneMatch(line -> line.matches(".*sleep 30[012]"));
    }

    @Test
    void aLaterControlPlaneKnowsHowItEndedMeanwhile() {
        var instance = start(shell("read line < /dev/null; sleep 0.3; exit 9"));
        var later = again();
        eventually(() -> !later.observe(instance).isAlive());
        assertThat(later.observe(instance).exit()).contains(new Exit.Status(9));
    }

    @Test
    void aRuntimeBelowAClosedHomeIsSeen() throws IOException {
        if (processes.ability().sandbox().isEmpty()) {
            return;
        }
        var home = Files.createDirectory(folder.resolve("home"));
        var runtime = Files.createDirectories(home.resolve("runtime/bin")).resolve("hello");
        Files.writeString(runtime, "#!/bin/sh\necho hello from $0\n");
        Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        var spec = shell("exec " + runtime);
        var seeing = new InstanceSpec(
                spec.id(),
                spec.app(),
                spec.environment(),
                spec.release(),
                spec.process(),
                spec.artifact(),
                spec.folder(),
                spec.command(),
                spec.environmentValues(),
                spec.port(),
                spec.memoryBytes(),
                spec.cpus(),
                spec.data(),
                List.of(home.resolve("runtime").toString()),
                List.of(),
                List.of(),
                spec.target(),
                ContainerRun.NONE);
        assertThat(printed(seeing)).containsExactly("hello from " + runtime);
    }

    @Test
    void oneThatIgnoresTheSignalIsStopped() {
        var instance = start(shell("trap '' TERM; echo up; while :; do sleep 0.1; done"));
        eventually(() -> target.lastWords(instance, 1).equals(List.of("up")));
        target.stop(instance, Duration.ofMillis(100));
        assertThat(target.observe(instance).exit()).contains(new Exit.Signal(9));
    }

    @Test
    void tooMuchMemoryIsTold() {
        var spec = with(
                spec(Map.of()),
                List.of("/usr/bin/python3", "-c", "x = bytearray(400 << 20); print(len(x))"),
                OptionalInt.empty(),
                OptionalLong.of(64 << 20));
        var instance = start(spec);
        eventually(() -> !target.observe(instance).isAlive());
        assertThat(target.observe(instance).exit()).contains(new Exit.OutOfMemory());
        target.stop(instance, Duration.ZERO);
        assertThat(target.observe(instance).exit()).contains(new Exit.OutOfMemory());
    }

    @Test
    void thePidIsThatOfTheProgram() throws IOException {
        var instance = start(spec(Map.of()));
        address(instance);
        long pid = target.observe(instance).pid().orElseThrow();
        assertThat(Path.of("/proc/" + pid + "/cmdline")).content().startsWith("/usr/bin/python3");
    }

    @Test
    void aCommandOfAControlPlaneThatIsNoMoreIsEnded() {
        var waits = shell("exec sleep 4793");
        var ended = CompletableFuture.supplyAsync(() -> target.run(waits, (channel, line) -> {}, LONG, new Cancel()));
        eventually(() -> lives("sleep 4793"));

        again().sweep();

        eventually(() -> !lives("sleep 4793"));
        assertThat(ended.join().isSuccess()).isFalse();
    }

    private static boolean lives(String words) {
        return ProcessHandle.allProcesses()
                .anyMatch(each -> each.info().commandLine().orElse("").contains(words));
    }

    @Test
    void aStartThatWasCutShortLeavesNothing() throws IOException {
        var instance = start(spec(Map.of()));
        address(instance);
        var state = Path.of(instance.handle()).resolve("state");
        Files.writeString(state, Files.readString(state).replaceAll("\"(pid|startTicks)\":\\d+", "\"$1\":0"));
        long pid = target.observe(instance).pid().orElseThrow();
        var later = again();
        later.sweep();
        assertThat(later.find()).isEmpty();
        eventually(() -> !Files.exists(Path.of("/proc/" + pid)));
        assertThat(Path.of(instance.handle())).doesNotExist();
    }

    @Test
    void whatItPrintedStaysWhenItIsGone() {
        var instance = start(spec(Map.of("DUMMY_EXIT", "1", "DUMMY_PRINT", "password hunter2")));
        eventually(() -> !target.observe(instance).isAlive());
        target.stop(instance, Duration.ZERO);
        target.remove(instance);
        assertThat(logs.read(Logs.Query.last("shop", "production", 10)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.text()).isEqualTo("password ***");
                    assertThat(line.instance()).isEqualTo(instance.id());
                });
    }

    @Test
    void dataOutsideTheAppIsRefused() {
        assertThat(catchThrowable(() -> target.start(shell("true", "../../etc"))))
                .hasMessageContaining("does not lie inside the app");
        assertThat(target.find()).isEmpty();
    }
}
