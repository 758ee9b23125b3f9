package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.DockerDaemon;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.ChaosList;
import dev.johwa.lib.docker.Container;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.AppStatus;
import dev.johwa.serve.release.Release;
import dev.johwa.watch.log.LogSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Repositories with a Dockerfile on real parts: git pushes, Docker builds, containers start, the edge answers.
class ContainersTest {
    /// Answers with the text of the file `www/index.html`; its stage of tests fails when that says `bad`.
    private static final String[] SITE = {
        "Dockerfile", """
        FROM johwa-test-base:1 AS files
        COPY www /www
        FROM files AS test
        RUN if grep bad /www/index.html; then echo "the page is bad"; exit 3; fi
        FROM files
        EXPOSE 8080
        # Its server ends by no other signal.
        STOPSIGNAL SIGKILL
        CMD ["sh", "-c", "echo serving; exec httpd -f -p 8080 -h /www"]
        """, "www/index.html", "1\n", "left-out", "x\n", ".dockerignore", "left-out\n"
    };

    /// Sends figures of its own as an exporter of OpenTelemetry does, and says so in `www/taken` when it was answered.
    private static final String SENDING = "wget -q -O /sent --header 'Content-Type: application/json' --post-data '{}'"
            + " --header \"Authorization: Bearer ${OTEL_EXPORTER_OTLP_HEADERS#*%20}\""
            + " $OTEL_EXPORTER_OTLP_ENDPOINT/v1/metrics && touch /www/taken; ";

    private static DockerDaemon daemon;
    private static Platform platform;

    @BeforeAll
    static void start() throws IOException {
        daemon = DockerDaemon.shared();
        daemon.base();
        platform = Platform.on(daemon);
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static AppEnvironment production(String app) {
        return new AppEnvironment(app, app, AppEnvironment.PRODUCTION);
    }

    private static AppStatus status(String project) {
        return platform.server().releases().status(Optional.of(project)).getFirst();
    }

    @Test
    void aPushIsTestedBuiltLiveAndCanGoBackWithoutALostRequest() throws Exception {
        var repository = platform.repository("shop", SITE);

        var first = platform.push(repository, "main");

        assertThat(first)
                .contains("served at its port 8080")
                .contains("Step 1/")
                .containsPattern("test +(the stage test passed|passed, as nothing of it has changed)")
                .contains("http://shop.localhost:");
        assertThat(platform.body("shop")).isEqualTo("1");
        assertThat(platform.get("shop.localhost", "/left-out").statusCode()).isEqualTo(404);
        try (var asking = new Pressing("shop")) {
            platform.commit(repository, "www/index.html", "2\n");
            platform.push(repository, "main");
            assertThat(platform.body("shop")).isEqualTo("2");

            platform.commit(repository, "www/index.html", "bad\n");
            var bad = platform.push(repository, "main");
            assertThat(bad).contains("the page is bad").contains("release 2 keeps serving");
            assertThat(platform.body("shop")).isEqualTo("2");

            var back = platform.server()
                    .releases()
                    .rollBack(production("shop"), OptionalInt.empty(), false, "test", line -> {});
            assertThat(back.live()).isTrue();
            assertThat(platform.body("shop")).isEqualTo("1");
            assertThat(asking.lost()).isZero();
        }
        // Only what is new has travelled, by the registry of the platform itself.
        assertThat(platform.server().stores().registry().repositories()).contains(new RepositoryName("shop"));
        platform.git(repository, "revert", "--no-edit", "HEAD", "HEAD~1");
        assertThat(platform.push(repository, "main")).contains("these files passed in run 1");
        assertThat(platform.server().releases().list(production("shop")))
                .extracting(release -> release.settings().target())
                .containsOnly("docker");
    }

    /// Asks again and again, and counts what is no answer.
    private static final class Pressing implements AutoCloseable {
        private static final long PAUSE_NANOS = 10_000_000;

        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicInteger lost = new AtomicInteger();
        private final Thread thread;

        Pressing(String app) {
            thread = Thread.startVirtualThread(() -> {
                while (!isOver.get()) {
                    if (!answers(app)) {
                        lost.incrementAndGet();
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            });
        }

        private static boolean answers(String app) {
            try {
                return platform.get(app + ".localhost", "/").statusCode() == 200;
            } catch (IOException | InterruptedException e) {
                return false;
            }
        }

        int lost() {
            return lost.get();
        }

        @Override
        public void close() throws InterruptedException {
            isOver.set(true);
            thread.join();
        }
    }

    @Test
    void aPreviewHasItsOwnContainerAndLogsAreRead() throws Exception {
        var repository = platform.repository("paper", SITE);
        platform.push(repository, "main");
        platform.git(repository, "checkout", "-q", "-b", "feature");
        platform.commit(repository, "www/index.html", "preview\n");

        platform.push(repository, "feature");

        assertThat(platform.body("feature--paper")).isEqualTo("preview");
        assertThat(platform.body("paper")).isEqualTo("1");
        var logs = platform.server().stores().kept().said();
        eventually(() -> logs.read(LogSearch.last("paper", "production", 10)).stream()
                .anyMatch(line -> line.text().equals("serving")));
        platform.push(repository, "--delete", "feature");
        assertThat(platform.get("feature--paper.localhost", "/").statusCode()).isEqualTo(404);
    }

    @Test
    void whatServesIsFoundAgainByTheNextControlPlaneACanaryToo() throws Exception {
        var repository = platform.repository("stays", SITE);
        platform.push(repository, "main");
        platform.commit(repository, "johwa.yaml", "rollout: [x-canary=yes]\n", "www/index.html", "2\n");
        assertThat(platform.push(repository, "main")).contains("`johwa promote stays` takes it on");
        var before = status("stays").instances();
        assertThat(before).extracting(each -> each.release()).containsExactly(1, 2);

        platform.restart();

        assertThat(status("stays").instances())
                .extracting(each -> each.id())
                .isEqualTo(before.stream().map(each -> each.id()).toList());
        assertThat(platform.body("stays")).isEqualTo("1");
        assertThat(platform.get("stays.localhost", "/", "x-canary", "yes").body())
                .isEqualTo("2\n");
        platform.server().releases().canaries().promote(production("stays"), false, line -> {});
        assertThat(platform.body("stays")).isEqualTo("2");
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceBeforeAnythingRuns() throws Exception {
        var repository =
                platform.repository("wrong", "Dockerfile", "FROM johwa-test-base:1\nCOPPY a b\nRUN --nix true\n");

        var told = platform.push(repository, "main");

        assertThat(told).contains("Dockerfile:2:1").doesNotContain("Step 1/").contains("Nothing is deployed.");
        platform.commit(repository, "Dockerfile", "FROM johwa-test-base:1\nRUN --mount=type=cache,target=/c true\n");
        assertThat(platform.push(repository, "main"))
                .contains("Dockerfile:2:")
                .contains("needs BuildKit")
                .doesNotContain("Step 1/");
        platform.commit(repository, "Dockerfile", "FROM 127.0.0.1:1/none:1\nCMD [\"x\"]\n");
        assertThat(platform.push(repository, "main")).contains("127.0.0.1:1/none");
        platform.commit(repository, "Dockerfile", "FROM johwa-test-base:1\nRUN echo words of the step; exit 5\n");
        assertThat(platform.push(repository, "main"))
                .contains("words of the step")
                .contains("5");
        platform.commit(repository, "Dockerfile", "FROM johwa-test-base:1\nRUN cat /dev/zero >/dev/shm/full\n");
        assertThat(platform.push(repository, "main"))
                .contains("No space left on device")
                .contains("The disk of the server is full");
        platform.commit(repository, "Dockerfile", "FROM " + daemon.foreign("s390x") + "\nCMD [\"/run\"]\n");
        assertThat(platform.push(repository, "main"))
                .contains("it is for processors of the kind s390x, and this server has")
                .contains("FROM --platform=linux/");
    }

    @Test
    void whatServesAsAProcessStaysOneUntilSomebodySaysOtherwise() throws Exception {
        var repository = platform.repository("mover", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, SITE);

        assertThat(platform.push(repository, "main")).contains("it runs as a process here and stays one");
        assertThat(current("mover").settings().target()).isEqualTo("process");

        platform.commit(repository, "johwa.yaml", "target: docker\n", "www/index.html", "moved\n");
        platform.push(repository, "main");
        assertThat(platform.body("mover")).isEqualTo("moved");
        assertThat(current("mover").settings().target()).isEqualTo("docker");

        platform.commit(repository, "johwa.yaml", "target: process\n");
        platform.push(repository, "main");
        assertThat(platform.body("mover")).isEqualTo("1");
    }

    @Test
    void whatJohwaYamlSaysOfTheImageHolds() throws Exception {
        var repository = platform.repository(
                "said",
                "johwa.yaml",
                "docker: {file: docker/prod, stage: page, args: {WORD: hello}}\n",
                "docker/prod",
                "FROM johwa-test-base:1 AS page\nARG WORD\nRUN mkdir /www && echo $WORD > /www/index.html\n"
                        + "EXPOSE 8080\nSTOPSIGNAL SIGKILL\nCMD " + SENDING + "exec httpd -f -p 8080 -h /www\n"
                        + "FROM page AS broken\nRUN false\n");
        platform.push(repository, "main");
        assertThat(platform.body("said")).isEqualTo("hello");
        assertThat(platform.get("said.localhost", "/taken").statusCode()).isEqualTo(200);

        platform.commit(repository, "johwa.yaml", "docker: {file: docker/prod, stage: pages}\n");
        assertThat(platform.push(repository, "main")).contains("docker.stage").contains("did you mean 'page'");
        platform.commit(repository, "johwa.yaml", "docker: {file: none}\n");
        assertThat(platform.push(repository, "main")).contains("there is no none in this commit");
    }

    @Test
    void aBuildThatIsCancelledEndsAtOnce() throws Exception {
        int running = containers();
        var repository = platform.repository("slow", "Dockerfile", "FROM johwa-test-base:1\nRUN usleep 180000000\n");
        var push = platform.beside(() -> platform.push(repository, "main"));
        eventually(() -> containers() > running);

        platform.server().pipelines().cancel("slow", 1, "kim");

        assertThat(push.get(45, TimeUnit.SECONDS)).contains("cancelled by kim");
        eventually(() -> containers() <= running);
    }

    private static int containers() {
        return daemon.engine().containers().list(Map.of()).size();
    }

    @Test
    void aControlPlaneThatIsKilledInTheMiddleOfABuildLosesNothing() throws Exception {
        try (var up = new UpProcess(Map.of("DOCKER_HOST", "unix://" + daemon.socket()))) {
            var repository = up.repository("cut", SITE);
            assertThat(up.push(repository, "main")).contains("live");
            int running = containers();
            up.commit(repository, "www/index.html", "2\n", "Dockerfile", SITE[1] + "RUN usleep 3000000\n");
            var push = platform.beside(() -> up.push(repository, "main"));
            eventually(() -> containers() > running);

            up.kill();

            push.join();
            assertThat(up.ask("cut", "/")).isEqualTo("200 1");
            eventually(() -> containers() <= running);
            up.start();
            eventually(() -> up.ask("cut", "/").equals("200 2"));
            isDisturbedAndWellAgain(up);
        }
    }

    /// Faults of instances reach into containers, and leave nothing there.
    private static void isDisturbedAndWellAgain(UpProcess up) {
        var app = new AppName("cut", "cut");
        var chaos = up.client().chaos();
        var order = Map.of("environment", "production", "instances", "1", "production", "true");
        var more = new HashMap<>(order);
        more.put("for", "5m");
        chaos.begin(app, new ChaosList.Order("cpu", more));
        more.put("size", "8Mi");
        chaos.begin(app, new ChaosList.Order("memory", more));
        assertThat(within("johwa-fault 300 1")).isPositive();
        assertThat(within("johwa-fault 300 8388608")).isPositive();
        chaos.stop(app, new ChaosList.Stop(Optional.of("production")));
        eventually(() -> within("johwa-fault") == 0);

        var before = running();
        chaos.begin(app, new ChaosList.Order("kill", order));
        eventually(() -> !running().equals(before) && up.ask("cut", "/").equals("200 2"));
        assertThat(chaos.list().faults()).isEmpty();
    }

    @Test
    void theFolderOfDataOfAContainerIsFilledForAWhile() throws Exception {
        try (var up = new UpProcess(Map.of("DOCKER_HOST", "unix://" + daemon.socket()))) {
            var repository = up.repository("full", SITE);
            up.commit(repository, "johwa.yaml", "data: [www/kept/]\n");
            assertThat(up.push(repository, "main")).contains("live");
            var app = new AppName("full", "full");
            var order = Map.of("environment", "production", "production", "true", "for", "5m", "size", "8Mi");
            var chaos = up.client().chaos();

            chaos.begin(app, new ChaosList.Order("disk", order));

            eventually(() -> filled(up).equals(List.of(8L << 20)));
            assertThat(within("johwa-fault 300 8388608")).isPositive();
            chaos.stop(app, new ChaosList.Stop(Optional.of("production")));
            eventually(() -> filled(up).isEmpty() && within("johwa-fault") == 0);
            assertThat(up.ask("full", "/")).isEqualTo("200 1");
        }
    }

    /// How large the files are that faults left among the data.
    private static List<Long> filled(UpProcess up) {
        try (var files = Files.walk(up.data().resolve("apps"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(".johwa-fault-"))
                    .map(file -> file.toFile().length())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(-1L);
        }
    }

    /// How many programs in containers have these words.
    private static long within(String words) {
        return running().stream()
                .flatMap(each -> daemon.engine().containers().processes(each, "-o pid,args").stream())
                .filter(line -> line.contains(words))
                .count();
    }

    private static List<String> running() {
        return daemon.engine().containers().list(Map.of()).stream()
                .filter(each -> each.state().equals("running"))
                .map(Container.Listed::id)
                .toList();
    }

    private static Release current(String app) {
        return platform.server().releases().current(production(app)).orElseThrow();
    }

    @Test
    void withoutAnEngineWhatIsNewRunsByItsStackAndWhoInsistsIsToldWhatToInstall() throws Exception {
        try (var without = new Platform()) {
            var repository = without.repository("alone", Apps.PYTHON);
            without.commit(repository, SITE);

            assertThat(without.push(repository, "main"))
                    .contains("no container engine")
                    .contains("runs as a process by its stack")
                    .contains("live");
            assertThat(without.body("alone")).isEqualTo("1");

            without.commit(repository, "johwa.yaml", "target: docker\n");
            assertThat(without.push(repository, "main"))
                    .contains("no container engine")
                    .contains("install");
            assertThat(without.body("alone")).isEqualTo("1");
        }
    }
}
