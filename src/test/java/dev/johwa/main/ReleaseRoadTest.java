package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.johwa.build.pipeline.Run;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Client;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.Orders;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Values;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The road of a release on real parts: who goes first, what is checked where, and the ways back.
class ReleaseRoadTest {
    private static Platform platform;
    private static HttpCalls calls;

    @BeforeAll
    static void start() throws IOException {
        platform = new Platform();
        calls = new HttpCalls(URI.create(platform.server().url()));
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
        calls.close();
    }

    private static AppEnvironment production(String app) {
        return new AppEnvironment(app, app, AppEnvironment.PRODUCTION);
    }

    private static Client client() {
        return new Client(calls, URI.create(platform.server().url()), Optional.of(platform.token()));
    }

    private static Deployed deploy(String app, String source) {
        return client().deploy(
                        new AppName(app, app), new Orders.Deploy("production", source, Optional.empty()), event -> {});
    }

    private static String slowTest() {
        return "import time, unittest\nclass SlowTest(unittest.TestCase):\n    def test_slow(self):\n"
                + "        time.sleep(2 if open('version').read().startswith('slow') else 0)\n";
    }

    private static String ended(String project, int run) {
        eventually(() -> platform.server()
                .pipelines()
                .find(project, run)
                .filter(each -> each.state().isOver())
                .isPresent());
        return platform.server().pipelines().find(project, run).orElseThrow().reason();
    }

    @Test
    void aNewerPushSupersedesAnOlderOneThatItDescendsFrom() throws Exception {
        var repository = platform.repository("hasty", Apps.PYTHON);
        platform.commit(repository, "test_slow.py", slowTest(), "version", "slow\n");
        platform.push(repository, "-o", "nowait", "main");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");

        assertThat(ended("hasty", 1)).isEqualTo("superseded by run 2");
        assertThat(platform.server().pipelines().find("hasty", 1).orElseThrow().state())
                .isEqualTo(Run.State.SUPERSEDED);
        assertThat(platform.body("hasty")).isEqualTo("2");
        assertThat(platform.server().releases().list(production("hasty"))).hasSize(1);
    }

    @Test
    void aForcedPushSupersedesWhatItReplaces() throws Exception {
        var repository = platform.repository("forced", Apps.PYTHON);
        platform.commit(repository, "test_slow.py", slowTest());
        platform.commit(repository, "version", "slow\n");
        platform.push(repository, "-o", "nowait", "main");
        platform.git(repository, "reset", "-q", "--hard", "HEAD^");
        platform.commit(repository, "version", "other\n");
        platform.push(repository, "--force", "main");

        assertThat(ended("forced", 1)).startsWith("superseded");
        assertThat(platform.body("forced")).isEqualTo("other");
    }

    @Test
    void aReleaseThatHasNotBegunToSwitchIsSupersededToo() throws Exception {
        var repository = platform.repository("early", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "env: {AFTER: '5'}\n");
        platform.push(repository, "-o", "nowait", "main");
        eventually(() -> platform.server().releases().list(production("early")).size() == 1);
        platform.commit(repository, "johwa.yaml", "", "version", "2\n");
        platform.push(repository, "main");

        assertThat(ended("early", 1)).isEqualTo("superseded by run 2");
        assertThat(platform.server().pipelines().find("early", 1).orElseThrow().state())
                .isEqualTo(Run.State.SUPERSEDED);
        assertThat(platform.body("early")).isEqualTo("2");
        var status = platform.server().releases().status(Optional.of("early")).getFirst();
        assertThat(status.instances()).extracting(each -> each.release()).containsOnly(2);
    }

    @Test
    void aReleaseThatHasBegunToSwitchFinishesAndTheNewerOneFollows() throws Exception {
        var repository = platform.repository("queue", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "env: {AFTER: '0.3'}\n");
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "-o", "nowait", "main");
        platform.commit(repository, "version", "3\n");
        platform.push(repository, "main");

        assertThat(platform.body("queue")).isEqualTo("3");
        var live = platform.server().releases().list(production("queue")).stream()
                .filter(release -> release.state() == Release.State.LIVE);
        assertThat(live)
                .singleElement()
                .satisfies(release -> assertThat(release.current()).isTrue());
        assertThat(ended("queue", 2)).isIn("", "superseded by run 3");
    }

    @Test
    void aCommitABranchATagAndADigestCanBeDeployed() throws Exception {
        var repository = platform.repository("again2", Apps.PYTHON);
        platform.push(repository, "main");
        var first = platform.git(repository, "rev-parse", "HEAD").strip();
        platform.git(repository, "tag", "v1");
        platform.push(repository, "v1");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        var digest = platform.server()
                .releases()
                .current(production("again2"))
                .orElseThrow()
                .artifact()
                .text();

        assertThat(deploy("again2", first).live()).isTrue();
        assertThat(platform.body("again2")).isEqualTo("1");
        assertThat(deploy("again2", digest).live()).isTrue();
        assertThat(platform.body("again2")).isEqualTo("2");
        assertThat(deploy("again2", "v1").live()).isTrue();
        assertThat(platform.body("again2")).isEqualTo("1");
        assertThat(deploy("again2", "main").live()).isTrue();
        assertThat(platform.body("again2")).isEqualTo("2");
        assertThat(platform.server().releases().list(production("again2")))
                .extracting(Release::number)
                .startsWith(6);
    }

    @Test
    void whatWasNeverBuiltCannotBeDeployed() throws Exception {
        var repository = platform.repository("unbuilt", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, "version", "bad\n");
        platform.push(repository, "main");

        assertThat(catchThrowable(() -> deploy("unbuilt", "main")))
                .hasMessageContaining("nothing that passed its tests was built of 'main'");
        assertThat(catchThrowable(() -> deploy("unbuilt", "sha256:" + "0".repeat(64))))
                .hasMessageContaining("nothing that passed its tests was built");
        assertThat(catchThrowable(() -> deploy("unbuilt", "nowhere")))
                .hasMessageContaining("no commit, branch or tag 'nowhere'");
        assertThat(platform.body("unbuilt")).isEqualTo("1");
    }

    @Test
    void oneThatFailsThroughTheEdgeIsSwitchedBack() throws Exception {
        var repository = platform.repository("outside", Apps.TRICKY);
        platform.push(repository, "main");
        platform.commit(repository, "version", "edge\n");

        var output = platform.push(repository, "main");

        assertThat(output)
                .contains("verify")
                .contains("through the edge, / answers 500; switched back")
                .contains("Release 1 keeps serving");
        assertThat(platform.body("outside")).isEqualTo("1");
        var status = platform.server().releases().status(Optional.of("outside")).getFirst();
        assertThat(status.instances()).extracting(each -> each.release()).containsOnly(1);
    }

    @Test
    void requestsInFlightAreAnsweredByTheOldOne() throws Exception {
        var repository = platform.repository("patient", Apps.TRICKY);
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        var slow = new ArrayList<CompletableFuture<String>>();
        var pushed = platform.beside(() -> platform.push(repository, "main"));
        while (!pushed.isDone()) {
            slow.add(platform.beside(
                    () -> platform.get("patient.localhost", "/slow").body()));
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(slow)
                .extracting(CompletableFuture::join)
                .isSubsetOf("1", "2")
                .contains("1");
        assertThat(platform.body("patient")).isEqualTo("2");
    }

    @Test
    void goingBackTellsWhatDiffersAndWarnsOfData() throws Exception {
        var repository = platform.repository("told", Apps.PYTHON);
        platform.commit(repository, "johwa.yaml", "env: {GREETING: hello, SAME: same}\n");
        platform.push(repository, "main");
        platform.commit(
                repository,
                "johwa.yaml",
                "env: {GREETING: bye, SAME: same}\nrelease: echo migrating\n",
                "version",
                "2");
        assertThat(platform.push(repository, "main")).contains("migrating");
        var lines = new ArrayList<String>();

        platform.server().releases().rollBack(production("told"), OptionalInt.empty(), false, "me", lines::add);

        assertThat(String.join("\n", lines))
                .contains("1 commit back")
                .contains("settings of then: GREETING")
                .doesNotContain("SAME")
                .contains("made")
                .contains("The release command of a later release changed data, which going back does not undo.")
                .contains("git revert")
                .contains("release 1 serves again");
        assertThat(platform.get("told.localhost", "/env/GREETING").body()).isEqualTo("hello");
    }

    @Test
    void aDeletedAppComesBackWithItsDataByAPush() throws Exception {
        var repository = platform.repository("regret", Apps.TRICKY);
        platform.commit(repository, "johwa.yaml", "data: [keep/]\n", "keep/log", "old ");
        platform.push(repository, "main");
        assertThat(platform.get("regret.localhost", "/keep").body()).isEqualTo("old 1 ");
        var told = new ArrayList<String>();
        client().deleteApp(
                        new AppName("regret", "regret"),
                        false,
                        event -> event.text().ifPresent(told::add));
        assertThat(String.join("\n", told)).contains("apps/regret/data/production");
        assertThat(platform.get("regret.localhost", "/").statusCode()).isEqualTo(404);

        assertThat(deploy("regret", "main").live()).isTrue();
        assertThat(platform.get("regret.localhost", "/keep").body()).isEqualTo("old 1 1 ");

        client().deleteApp(new AppName("regret", "regret"), true, event -> {});
        assertThat(platform.data().resolve("apps/regret")).doesNotExist();
        assertThat(platform.server().stores().repositories().exists("regret")).isFalse();
        assertThat(platform.push(repository, "main")).contains("http://regret.localhost");
        assertThat(platform.get("regret.localhost", "/keep").body()).isEqualTo("old 1 ");
    }

    @Test
    void aRotatedSecretStaysButCanBeAskedFor() throws Exception {
        var repository = platform.repository("rotated", Apps.PYTHON);
        var scope = new Values.Scope("rotated", "rotated", "production");
        platform.server().values().setSecrets(scope, Map.of("KEY", "old"));
        platform.push(repository, "main");
        platform.server().values().setSecrets(scope, Map.of("KEY", "new"));
        platform.server().releases().settings().apply(production("rotated"), "me", line -> {});
        assertThat(platform.get("rotated.localhost", "/env/KEY").body()).isEqualTo("new");

        platform.server().releases().rollBack(production("rotated"), OptionalInt.of(1), false, "me", line -> {});
        assertThat(platform.get("rotated.localhost", "/env/KEY").body()).isEqualTo("new");

        platform.server().releases().rollBack(production("rotated"), OptionalInt.of(2), false, "me", line -> {});
        platform.server().releases().rollBack(production("rotated"), OptionalInt.of(1), true, "me", line -> {});
        assertThat(platform.get("rotated.localhost", "/env/KEY").body()).isEqualTo("old");
        killInstances("rotated");
        eventually(() -> bodyOf("rotated", "/env/KEY").equals("old"));
    }

    private static void killInstances(String project) {
        platform.server().releases().status(Optional.of(project)).stream()
                .flatMap(status -> status.instances().stream())
                .flatMap(each -> each.pid().stream().boxed())
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static String bodyOf(String app, String path) {
        try {
            return platform.get(app + ".localhost", path).body();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    @Test
    void aWarmReleaseServesAgainAtOnce() throws Exception {
        var repository = platform.repository("warm", Apps.PYTHON);
        platform.push(repository, "main");
        platform.commit(repository, "version", "2\n");
        platform.push(repository, "main");
        var millis = new ArrayList<Long>();
        for (int number : List.of(1, 2, 1, 2, 1)) {
            long start = System.nanoTime();
            platform.server().releases().rollBack(production("warm"), OptionalInt.of(number), false, "me", line -> {});
            millis.add((System.nanoTime() - start) / 1_000_000);
            assertThat(platform.body("warm")).isEqualTo(String.valueOf(number));
        }
        assertThat(millis.stream().sorted().toList().get(2))
                .as("milliseconds " + millis)
                .isLessThan(1_000);
    }
}
