package dev.johwa.lib.docker;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.DockerDaemon;
import dev.johwa.lib.docker.Commands.CommandSpec;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.task.Cancel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A real engine.
class EngineTest {
    private static final Map<String, String> OURS = Map.of("test", "engine");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final DockerDaemon daemon = DockerDaemon.shared();
    private final Engine engine = daemon.engine();

    @AfterEach
    void clear() {
        engine.containers().list(OURS).forEach(each -> engine.containers().remove(each.id()));
        engine.networks().list(OURS).forEach(engine.networks()::remove);
        engine.volumes().list(OURS).forEach(engine.volumes()::remove);
    }

    private String create(String... command) {
        return engine.containers()
                .create(
                        "engine-test-" + command.length,
                        ContainerSpec.of(daemon.base())
                                .withCommand(List.of(command))
                                .withLabels(OURS));
    }

    private static Content tar(Map<String, String> files) {
        return out -> {
            var tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                var bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
            tar.finish();
        };
    }

    @Test
    void itTellsWhatItIs() {
        assertThat(engine.trouble()).isEmpty();
        assertThat(engine.about().api()).matches("1\\.\\d+");
        assertThat(engine.about().version()).matches("\\d+\\..*");
    }

    @Test
    void aContainerIsFollowedToItsEnd() {
        var id = create("sh", "-c", "echo one; echo two >&2; printf three; exit 3");
        var lines = new ArrayList<String>();
        engine.containers().start(id);
        engine.containers()
                .logs(
                        id,
                        Instant.EPOCH,
                        true,
                        (at, isError, bytes) -> {
                            assertThat(at).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
                            lines.add((isError ? "err " : "out ") + new String(bytes, StandardCharsets.UTF_8));
                        },
                        new Cancel());
        assertThat(lines).containsExactlyInAnyOrder("out one\n", "err two\n", "out three");
        assertThat(engine.containers().await(id, LONG)).isEqualTo(3);
        assertThat(engine.containers().inspect(id).orElseThrow().exit()).contains(new Exit.Status(3));
        engine.containers().remove(id);
        assertThat(engine.containers().inspect(id)).isEmpty();
        engine.containers().remove(id);
    }

    @Test
    void whoFollowsCanLeave() throws Exception {
        var id = create("sh", "-c", "echo up; exec sleep 600");
        engine.containers().start(id);
        var cancel = new Cancel();
        var heard = new CountDownLatch(1);
        var over = CompletableFuture.runAsync(() ->
                engine.containers().logs(id, Instant.EPOCH, true, (at, isError, bytes) -> heard.countDown(), cancel));
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        cancel.cancel("enough");
        over.get(30, TimeUnit.SECONDS);
        assertThat(engine.containers().usage(id)).isPresent();
        assertThat(engine.containers().kill(id, "KILL")).isTrue();
        eventually(() -> !engine.containers().inspect(id).orElseThrow().isRunning());
        assertThat(engine.containers().kill(id, "KILL")).isFalse();
        assertThat(engine.containers().inspect(id).orElseThrow().exit()).contains(new Exit.Signal(9));
    }

    @Test
    void aCommandIsEndedByWhoMayNotEndItsProcess() {
        var id = create("sleep", "600");
        engine.containers().start(id);
        var spec = new CommandSpec(List.of("sleep", "4712"), Map.of(), Optional.empty(), Optional.empty(), false);
        var attached = engine.commands().start(id, spec);
        eventually(() -> sleeper().isPresent());
        new CommandEnd(new Wire(daemon.socket()))
                .endWithin(id, sleeper().orElseThrow().pid());
        eventually(() -> attached.exit().isPresent());
        assertThat(attached.exit()).contains(new Exit.Signal(9));
    }

    private static Optional<ProcessHandle> sleeper() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").endsWith(" 4712"))
                .findFirst();
    }

    @Test
    void whatHappensIsTold() throws Exception {
        var heard = new ArrayList<String>();
        var ended = new CountDownLatch(1);
        var watch = engine.watch(
                OURS,
                event -> {
                    synchronized (heard) {
                        heard.add(event.action());
                    }
                },
                ended::countDown);
        var id = create("true");
        engine.containers().start(id);
        eventually(() -> {
            synchronized (heard) {
                return heard.contains("die");
            }
        });
        assertThat(heard).startsWith("create").contains("start");
        watch.close();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anImageIsBuiltStepByStep() {
        daemon.base();
        var lines = new ArrayList<String>();
        var dockerfile = "FROM " + DockerDaemon.BASE + " AS first\nARG WORD\nRUN echo $WORD >/word && echo built\n"
                + "FROM first\nENV PORT=3000\nEXPOSE 8080 9000/udp\nVOLUME /kept\nUSER app\n"
                + "HEALTHCHECK CMD test -e /word\nCMD [\"cat\", \"/word\"]\n";
        var spec = new BuildSpec(
                "Dockerfile",
                Optional.empty(),
                Map.of("WORD", "a$b \"c\""),
                OURS,
                List.of("engine-test:built"),
                OptionalLong.of(64 << 20),
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                LONG);
        var id = engine.builds().build(spec, tar(Map.of("Dockerfile", dockerfile)), lines::add, new Cancel());
        assertThat(lines).contains("built").anyMatch(line -> line.startsWith("Step 3/"));
        var image = engine.images().inspect("engine-test:built").orElseThrow();
        assertThat(image.id()).isEqualTo(id);
        assertThat(image.exposed()).containsExactly(8080);
        assertThat(image.environment()).containsEntry("PORT", "3000");
        assertThat(image.volumes()).containsExactly("/kept");
        assertThat(image.user()).isEqualTo("app");
        assertThat(image.healthcheck()).containsExactly("/bin/sh", "-c", "test -e /word");
        assertThat(engine.images().remove("engine-test:built")).isTrue();
        assertThat(engine.images().inspect("engine-test:built")).isEmpty();
    }

    @Test
    void aBuildThatFailsSaysItsLastWord() {
        daemon.base();
        var dockerfile = "FROM " + DockerDaemon.BASE + "\nRUN echo no database; exit 9\n";
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> engine.builds()
                        .build(
                                BuildSpec.of("Dockerfile", LONG),
                                tar(Map.of("Dockerfile", dockerfile)),
                                line -> {},
                                new Cancel()));
        assertThat(problem.problem().code()).isEqualTo("docker.build-failed");
        assertThat(problem).hasMessageContaining("returned a non-zero code: 9");
    }

    @Test
    void aBuildIsCancelled() throws Exception {
        daemon.base();
        var dockerfile = "FROM " + DockerDaemon.BASE + "\nRUN echo begun; sleep 600\n";
        var cancel = new Cancel();
        var over = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                ProblemException.class,
                () -> engine.builds()
                        .build(
                                BuildSpec.of("Dockerfile", LONG),
                                tar(Map.of("Dockerfile", dockerfile)),
                                line -> {
                                    if (line.equals("begun")) {
                                        cancel.cancel("a newer push");
                                    }
                                },
                                cancel)));
        assertThat(over.get(30, TimeUnit.SECONDS).problem().code()).isEqualTo("docker.cancelled");
        eventually(() -> engine.containers().list(Map.of()).stream()
                .noneMatch(each -> each.image().isEmpty() && each.state().equals("running")));
    }

    @Test
    void whatIsSentMayBreakOff() {
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> engine.images()
                        .load(
                                out -> {
                                    out.write(new byte[1 << 20]);
                                    throw new IOException("the disk has gone");
                                },
                                new Cancel()));
        assertThat(problem).hasMessageContaining("the disk has gone");
    }

    @Test
    void anImageIsSavedAndLoaded() throws IOException {
        daemon.base("engine-test-saved:1", List.of("CMD [\"true\"]"));
        var saved = new ByteArrayOutputStream();
        try (var from = engine.images().save("engine-test-saved:1")) {
            from.transferTo(saved);
        }
        engine.images().remove("engine-test-saved:1");
        engine.images().load(out -> out.write(saved.toByteArray()), new Cancel());
        assertThat(engine.images().inspect("engine-test-saved:1")).isPresent();
        assertThat(engine.images().named("engine-test-saved")).hasSize(1);
        engine.images().remove("engine-test-saved:1");
    }

    @Test
    void anImageThatIsMissingIsTold() {
        var problem = catchThrowableOfType(
                ProblemException.class, () -> engine.containers().create("engine-test", ContainerSpec.of("nowhere:1")));
        assertThat(problem.problem().code()).isEqualTo("docker.no-image");
        assertThat(problem).hasMessageContaining("nowhere:1");
        assertThat(Engine.isOutage(problem.problem())).isFalse();
    }

    @Test
    void aVolumeMayShowAFolder() throws IOException {
        var place = Files.createTempDirectory("engine-test");
        engine.volumes().create("engine-test", place, OURS);
        assertThat(engine.volumes().inspect("engine-test").orElseThrow().device())
                .contains(place);
        assertThat(engine.volumes().list(OURS)).containsExactly("engine-test");
        assertThat(engine.volumes().remove("engine-test")).isTrue();
        assertThat(place).exists();
        Files.delete(place);
    }

    @Test
    void aNetworkIsMadeOnceAndIsNotTakenFromOthers() {
        engine.networks().require("engine-test", OURS, false);
        engine.networks().require("engine-test", OURS, false);
        assertThat(engine.networks().list(OURS)).containsExactly("engine-test");
        var problem = catchThrowableOfType(
                ProblemException.class,
                () -> engine.networks().require("engine-test", Map.of("test", "another"), false));
        assertThat(problem.problem().code()).isEqualTo("docker.name-taken");
    }

    @Test
    void anEngineThatIsNotThereIsTold() {
        var nowhere = new Engine(Path.of("/nowhere/docker.sock"));
        assertThat(nowhere.trouble()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo("docker.absent");
            assertThat(problem.text()).contains("/nowhere/docker.sock").contains("apt-get install docker.io");
            assertThat(Engine.isOutage(problem)).isTrue();
        });
    }
}
