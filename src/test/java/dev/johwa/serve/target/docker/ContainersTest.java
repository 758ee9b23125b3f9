package dev.johwa.serve.target.docker;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.johwa.DockerDaemon;
import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.docker.ContainerSpec;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.process.Attached;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.serve.target.Instance;
import dev.johwa.serve.target.Logs;
import dev.johwa.serve.target.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a container may and may not, keeps and tells.
class ContainersTest {
    private static final Duration PROBE = Duration.ofSeconds(5);

    private static final Images.Start NOTHING = new Images.Start(List.of(), Map.of(), List.of());

    @TempDir
    Path folder;

    private final Probe probe = new Probe();
    private ContainerRig rig;

    @BeforeEach
    void prepare() throws IOException {
        rig = new ContainerRig(folder, DockerDaemon.shared().engine());
    }

    @AfterEach
    void clear() {
        rig.close();
        probe.close();
    }

    private String address(Instance instance) {
        eventually(() -> rig.target.observe(instance).address().isPresent());
        return rig.target.observe(instance).address().orElseThrow();
    }

    private boolean answers(Instance instance) {
        return probe.get(address(instance), "localhost", "/", PROBE).isWell();
    }

    @Test
    void dataOutlivesItAndBeginsWithWhatWasShipped() {
        var first = rig.shell("/app/busybox cat uploads/first; echo more >uploads/second", "uploads/");
        assertThat(rig.printed(first)).containsExactly("shipped");
        assertThat(rig.printed(rig.shell("/app/busybox ls uploads", "uploads"))).containsExactly("first", "second");
        assertThat(rig.printed(rig.shell("/app/busybox ls uploads"))).containsExactly("first");
        assertThat(rig.target
                        .data("shop", "production", "uploads/")
                        .orElseThrow()
                        .resolve("second"))
                .hasContent("more\n");
    }

    @Test
    void valuesArriveByteForByte() {
        var value = "a$b `c` \"d\" 'e'\n\\f \u00e9 \ud83c\udf89=";
        var spec = rig.spec(List.of("/app/busybox", "sh", "-c", "/app/busybox printf %s \"$V\""), Map.of("V", value));
        assertThat(String.join("\n", rig.printed(spec))).isEqualTo(value);
    }

    @Test
    void itMayDoLittle() {
        var status = rig.printed(rig.shell("/app/busybox grep -E '^(CapBnd|NoNewPrivs)' /proc/self/status"));
        // CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID NET_BIND_SERVICE
        assertThat(status).contains("CapBnd:\t00000000000004eb", "NoNewPrivs:\t1");
    }

    @Test
    void anAppThatIgnoresPortIsFound() {
        var instance = rig.target.start(rig.app(Map.of("FIXED", "9999")));
        assertThat(answers(instance)).isTrue();
        assertThat(rig.target.observe(instance).notes()).anyMatch(note -> note.contains("ignores PORT"));
    }

    @Test
    void oneThatOnlyListensToItselfIsTold() {
        var instance = rig.target.start(rig.app(Map.of("ON", "127.0.0.1")));
        eventually(() -> !rig.target.observe(instance).notes().isEmpty());
        assertThat(rig.target.observe(instance).address()).isEmpty();
        assertThat(rig.target.observe(instance).notes()).anyMatch(note -> note.contains("listen on 0.0.0.0"));
    }

    @Test
    void itIsReachedOverTheLoopbackOnly() {
        var instance = rig.target.start(rig.app(Map.of()));
        assertThat(address(instance)).startsWith("127.0.0.1:3");
    }

    @Test
    void onPurposeItStandsStillUntilSomebodyOrItsTimeEndsThatAndIsKilled() {
        var bare = rig.target.start(rig.app(Map.of()));
        assertThat(answers(bare)).isTrue();
        assertThat(catchThrowableOfType(ProblemException.class, () -> rig.target.suspend(bare, PROBE)))
                .as("it has no shell by that name")
                .hasMessageContaining("cannot be paused");
        assertThat(answersAtOnce(bare)).isTrue();
        rig.use(DockerDaemon.shared().base());
        var web = "mkdir /www; echo ok >/www/index.html; exec httpd -f -p $HOST:$PORT -h /www";
        var instance = rig.target.start(rig.spec(List.of("sh", "-c", web), Map.of()));
        eventually(() -> answers(instance));
        rig.target.suspend(instance, Duration.ofMinutes(5));
        assertThat(answersAtOnce(instance)).isFalse();
        // The next control plane, which did not begin it.
        rig.again().resume(instance);
        eventually(() -> answersAtOnce(instance));
        rig.target.suspend(instance, Duration.ofSeconds(1));
        eventually(() -> answersAtOnce(instance));
        rig.target.kill(instance);
        eventually(() -> !rig.target.observe(instance).isAlive());
        assertThat(rig.target.observe(instance).exit()).contains(new Exit.Signal(9));
    }

    private boolean answersAtOnce(Instance instance) {
        return probe.get(address(instance), "localhost", "/", Duration.ofMillis(400))
                .isWell();
    }

    @Test
    void tooMuchMemoryIsTold() {
        var instance = rig.target.start(rig.shell("exec /app/busybox tail /dev/zero"));
        eventually(() -> !rig.target.observe(instance).isAlive());
        assertThat(rig.target.observe(instance).exit()).contains(new Exit.OutOfMemory());
    }

    @Test
    void oneRemovedByHandHasEnded() {
        var instance = rig.target.start(rig.app(Map.of()));
        address(instance);
        rig.engine.containers().remove(instance.id());
        assertThat(rig.target.observe(instance).exit()).contains(new Exit.Lost());
        rig.target.stop(instance, ContainerRig.LONG);
        rig.target.remove(instance);
        assertThat(rig.target.find()).isEmpty();
    }

    @Test
    void aNameThatIsAStrangersIsToldAndLeftAlone() {
        var spec = rig.app(Map.of());
        var image = rig.supply.supply(spec.app(), spec.artifact());
        var stranger = rig.engine
                .containers()
                .create(spec.id(), ContainerSpec.of(image).withCommand(ContainerRig.COMMAND));
        try {
            var problem = catchThrowableOfType(ProblemException.class, () -> rig.target.start(spec));
            assertThat(problem.problem().code()).isEqualTo("container.name-taken");
            assertThat(problem).hasMessageContaining(spec.id());
            assertThat(rig.target.find()).isEmpty();
            assertThat(rig.engine.containers().inspect(stranger)).isPresent();
        } finally {
            rig.engine.containers().remove(stranger);
        }
    }

    @Test
    void twoPlatformsOnOneEngineLeaveEachOtherAlone() {
        var instance = rig.target.start(rig.app(Map.of()));
        var other = rig.at("others");
        var theirs = other.start(rig.app(Map.of()));
        try {
            other.sweep();
            rig.target.sweep();
            assertThat(other.find()).containsExactly(theirs);
            assertThat(rig.target.observe(instance).isAlive()).isTrue();
            assertThat(other.observe(theirs).isAlive()).isTrue();
        } finally {
            other.stop(theirs, Duration.ZERO);
            other.remove(theirs);
        }
    }

    @Test
    void aStartThatWasCutShortLeavesNothing() throws IOException {
        var instance = rig.target.start(rig.app(Map.of()));
        var state = Path.of(instance.handle()).resolve("state");
        Files.writeString(state, Files.readString(state).replaceAll("\"container\":\"\\w+\"", "\"container\":\"\""));
        var later = rig.again();
        later.sweep();
        assertThat(later.find()).isEmpty();
        assertThat(rig.engine.containers().inspect(instance.id())).isEmpty();
        assertThat(Path.of(instance.handle())).doesNotExist();
    }

    @Test
    void whatItPrintedStaysWhenItIsGone() {
        var instance = rig.target.start(rig.app(Map.of("DUMMY_EXIT", "1", "DUMMY_PRINT", "password hunter2")));
        eventually(() -> !rig.target.observe(instance).isAlive());
        rig.target.stop(instance, Duration.ZERO);
        rig.target.remove(instance);
        assertThat(rig.logs.read(Logs.Query.last("shop", "production", 10)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.text()).isEqualTo("password ***");
                    assertThat(line.instance()).isEqualTo(instance.id());
                });
    }

    @Test
    void itsOwnCheckDecidesWhetherItIsHealthy() {
        rig.use(DockerDaemon.shared()
                .base(
                        "johwa-test-checked:1",
                        List.of(
                                "HEALTHCHECK --interval=1h CMD test -e /tmp/ready",
                                "EXPOSE 9000",
                                "CMD [\"sleep\", \"3600\"]")));
        var instance = rig.target.start(rig.spec(List.of(), Map.of()));
        assertThat(rig.target.observe(instance).ailing())
                .hasValueSatisfying(why -> assertThat(why).contains("HEALTHCHECK (starting"));
        assertThat(rig.engine.containers().inspect(instance.id()).orElseThrow().published())
                .containsOnlyKeys(9000);
        said(rig.target.enter(instance, rig.spec(List.of("touch", "/tmp/ready"), Map.of()), Optional.empty()));
        eventually(() -> rig.target.observe(instance).ailing().isEmpty());
    }

    @Test
    void aVolumeOfItsImageIsKeptAndNotSharedByTwo() {
        rig.use(DockerDaemon.shared().base("johwa-test-volume:1", List.of("VOLUME /var/kept", "USER app")));
        assertThat(rig.target.runsBesideItself(rig.spec(List.of(), Map.of()))).isFalse();
        rig.printed(rig.spec(List.of("sh", "-c", "id -u; ls /var/kept"), Map.of()));
        assertThat(rig.target.data("shop", "production", "/var/kept")).isPresent();
        rig.target.discard("shop", "production");
        assertThat(rig.target.data("shop", "production", "/var/kept")).isEmpty();
    }

    @Test
    void aProgramThatIsMissingIsToldByItsName() {
        var instance = rig.target.start(rig.spec(List.of("gunicorn", "app"), Map.of()));
        eventually(() -> !rig.target.observe(instance).isAlive());
        assertThat(rig.target.observe(instance).exit()).contains(new Exit.Status(127));
        assertThat(rig.target.lastWords(instance, 1)).singleElement().asString().contains("exec gunicorn failed");
    }

    @Test
    void oneThatGoesIntoTheBackgroundHasEnded() {
        var instance = rig.target.start(rig.shell("/app/busybox sleep 600 & echo begun"));
        eventually(() -> !rig.target.observe(instance).isAlive());
        assertThat(rig.target.observe(instance).exit()).contains(new Exit.Status(0));
        assertThat(rig.target.lastWords(instance, 1)).containsExactly("begun");
    }

    @Test
    void layersThatTheEngineHasAreNotSentAgain() throws IOException {
        var blobs = new Blobs(folder.resolve("layers"));
        var images = new Images(blobs, folder.resolve("layers-unpacked"), new SystemClock());
        var source = Files.createDirectories(folder.resolve("two/deps")).getParent();
        Files.write(
                source.resolve("deps/library"),
                RandomGenerator.of("L64X128MixRandom")
                        .doubles(9)
                        .boxed()
                        .map(String::valueOf)
                        .toList());
        var artifacts = new ArrayList<Digest>();
        for (var text : List.of("one", "two")) {
            Files.writeString(source.resolve("app"), text);
            artifacts.add(
                    images.pack(source, List.of("deps"), List.of(), NOTHING).manifest());
        }
        var supply = Targets.stored(rig.engine, images, () -> "johwa-test");
        supply.supply("two", artifacts.getFirst());
        blobs.delete(images.parts(artifacts.getLast()).get(2));
        var id = supply.supply("two", artifacts.getLast());
        assertThat(rig.engine.images().inspect(id).orElseThrow().layers()).hasSize(2);
    }

    @Test
    void severalWhoTakeItAwayAtOnceFindItGone() {
        var instance = rig.target.start(rig.app(Map.of()));
        var all = IntStream.range(0, 6)
                .mapToObj(each -> CompletableFuture.runAsync(() -> rig.target.remove(instance)))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(rig.engine.containers().inspect(instance.id())).isEmpty();
    }

    @Test
    void anImageMayAskForMoreAndForLess() {
        rig.use(DockerDaemon.shared()
                .base(
                        "johwa-test-asking:1",
                        List.of("LABEL dev.johwa.capabilities=\"net_raw\" dev.johwa.read-only=true")));
        var script = "grep CapBnd /proc/self/status; touch /tmp/ok; touch /no 2>/dev/null || echo read-only";
        assertThat(rig.printed(rig.spec(List.of("sh", "-c", script), Map.of())))
                .containsExactly("CapBnd:\t00000000000024eb", "read-only");
    }

    @Test
    void aCapabilityThatMakesRootIsRefused() {
        rig.use(DockerDaemon.shared()
                .base("johwa-test-admin:1", List.of("LABEL dev.johwa.capabilities=\"NET_RAW SYS_ADMIN\"")));
        var problem = catchThrowableOfType(
                ProblemException.class, () -> rig.target.start(rig.spec(List.of("true"), Map.of())));
        assertThat(problem).hasMessageContaining("SYS_ADMIN");
    }

    @Test
    void aCommandWithinItIsHeardAndItsStatusKept() {
        var instance = rig.target.start(rig.app(Map.of()));
        var attached = rig.target.enter(
                instance,
                rig.spec(List.of("/app/busybox", "sh", "-c", "/app/busybox cat; echo no >&2; exit 7"), Map.of()),
                Optional.empty());
        tell(attached, "hello\n");
        endInput(attached);
        assertThat(text(attached.out())).isEqualTo("hello\n");
        assertThat(text(attached.err())).isEqualTo("no\n");
        eventually(() -> attached.exit().isPresent());
        assertThat(attached.exit()).contains(new Exit.Status(7));
        end(attached);
    }

    @Test
    void aCommandWithinItEndsWithWhoIsConnected() {
        var instance = rig.target.start(rig.app(Map.of()));
        var attached = rig.target.enter(instance, rig.shell("exec /app/busybox sleep 4711"), Optional.empty());
        eventually(() -> processes(instance).contains("sleep 4711"));
        end(attached);
        eventually(() -> !processes(instance).contains("sleep 4711"));
        assertThat(rig.target.observe(instance).isAlive()).isTrue();
    }

    private String processes(Instance instance) {
        return String.join("\n", rig.engine.containers().processes(instance.id(), "-o pid,args"));
    }

    @Test
    void aCommandOfItsOwnHasATerminal() {
        var attached = rig.target.open(
                rig.shell("read line; /app/busybox stty size; echo \"got $line\"; exit 5"),
                Optional.of(new TerminalSize(97, 31)));
        tell(attached, "abc\n");
        assertThat(text(attached.out())).contains("31 97").contains("got abc");
        eventually(() -> attached.exit().isPresent());
        assertThat(attached.exit()).contains(new Exit.Status(5));
        end(attached);
        assertThat(rig.target.find()).isEmpty();
    }

    @Test
    void aJobRunsByItself() {
        var job = rig.target.begin(rig.shell("echo done; exit 3"));
        eventually(() -> rig.target.exit(job).isPresent());
        assertThat(rig.target.exit(job)).contains(new Exit.Status(3));
        assertThat(rig.target.lastWords(job, 1)).containsExactly("done");
    }

    private void said(Attached attached) {
        eventually(() -> attached.exit().isPresent());
        assertThat(attached.exit()).contains(new Exit.Status(0));
        end(attached);
    }

    private static void tell(Attached attached, String text) {
        try {
            attached.in().write(text.getBytes(StandardCharsets.UTF_8));
            attached.in().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void endInput(Attached attached) {
        try {
            attached.in().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(InputStream from) {
        try {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Attached attached) {
        try {
            attached.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
