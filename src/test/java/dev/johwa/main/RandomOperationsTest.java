package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.EnvList;
import dev.johwa.door.api.Orders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Whatever is done in whatever order, also when parts die: what answers is what a simple model says must be live, and
/// no process is left that nobody knows of. `-Djohwa.operations=500 -Djohwa.seed=7` makes it longer, or another.
class RandomOperationsTest {
    private static final String PROJECT =
            "dice" + Long.toString(ProcessHandle.current().pid(), 36);
    private static final AppName APP = new AppName(PROJECT, PROJECT);
    private static final String APP_CODE = """
            import http.server, os, sys
            VERSION = open('version').read().strip()
            if VERSION.startswith('crash'):
                sys.exit(VERSION)
            WORDS = [VERSION] + [os.environ.get(name, '-') for name in ('GREETING', 'TOKEN', 'JOHWA_RELEASE')]
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                def do_GET(self):
                    atEdge = self.headers['Host'].startswith('dice')
                    sick = VERSION.startswith('sick') or VERSION.startswith('edge') and atEdge
                    body = ' '.join(WORDS).encode()
                    self.send_response(500 if sick else 200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *arguments):
                    pass
            http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
            """;
    private static final String TEST_CODE = """
            import unittest
            class VersionTest(unittest.TestCase):
                def test_is_not_bad(self):
                    self.assertFalse(open('version').read().startswith('bad'))
            """;

    private final int operations = Integer.getInteger("johwa.operations", 12);
    private final long seed = Long.getLong("johwa.seed", 4);
    private final Random random = new Random(seed);
    private final List<String> story = new ArrayList<>();
    private UpProcess up;
    private Askers askers;
    private Path repository;

    // The model: what was made, and what serves.
    private final Map<Integer, Made> made = new TreeMap<>();
    private final List<String> goodCommits = new ArrayList<>();
    private int newest;
    private int current;
    private int instances = 1;
    private int versions;
    private Optional<String> greeting = Optional.empty();
    private Optional<String> secret = Optional.empty();

    /// A release that was live once.
    private record Made(String version, Optional<String> greeting, String commit) {}

    @Test
    void whatAnswersIsWhatMustBeLive() throws Exception {
        up = new UpProcess();
        try {
            repository = up.repository(PROJECT, "app.py", APP_CODE, "test_app.py", TEST_CODE, "version", "0");
            pushGood();
            check();
            try (var asking = new Askers(() -> up.ask(PROJECT, "/"))) {
                askers = asking;
                for (int i = 0; i < operations; i++) {
                    askers.mayFail(instances == 0);
                    step();
                    check();
                    assertThat(askers.lost()).as("requests lost").isEmpty();
                }
            }
            up.down();
            eventually(() -> leftOvers().isEmpty());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ":\n" + String.join("\n", story) + "\n" + up.words(), e);
        } finally {
            up.close();
        }
    }

    private List<String> leftOvers() {
        try {
            return up.leftOvers(PROJECT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(16)) {
            case 0, 1 -> pushGood();
            case 2 -> pushBad("bad");
            case 3 -> pushBad(List.of("crash", "sick", "edge").get(random.nextInt(3)));
            case 4 -> deployEarlier();
            case 5, 6 -> rollBack();
            case 7 -> scale(random.nextInt(3));
            case 8 -> setGreeting();
            case 9 -> setSecret();
            case 10 -> killInstance();
            case 11 -> killEdge();
            case 12 -> killControlPlane();
            case 13 -> killControlPlaneWhileGoingBack();
            default -> killControlPlaneWhilePushing();
        }
    }

    private void pushGood() throws IOException {
        var version = "v" + ++versions;
        told("push " + version);
        commit(version);
        var output = up.push(repository, "main");
        assertThat(output).contains("live");
        live(version);
    }

    private void commit(String version) throws IOException {
        up.commit(repository, "version", version);
    }

    /// The newest release is live, made of what the branch holds.
    private void live(String version) {
        var commit = up.git(repository, "rev-parse", "HEAD").strip();
        goodCommits.add(commit);
        made.put(++newest, new Made(version, greeting, commit));
        current = newest;
    }

    private void pushBad(String kind) throws IOException {
        boolean isTested = kind.equals("bad");
        if (instances == 0 && !isTested) {
            // Nothing is started, so nothing would show it.
            return;
        }
        var version = kind + ++versions;
        told("push " + version);
        commit(version);
        // What only the edge sees to be sick is seen by others too, for a moment.
        askers.mayFail(instances == 0 || kind.equals("edge"));
        assertThat(up.push(repository, "main")).contains("keeps serving");
        newest += isTested ? 0 : 1;
    }

    private void deployEarlier() {
        var commit = goodCommits.get(random.nextInt(goodCommits.size()));
        told("deploy " + commit);
        var version = versionOf(commit);
        var done = up.client().deploy(APP, new Orders.Deploy("production", commit), event -> {});
        expectLive(done, version);
        made.put(++newest, new Made(version, greeting, commit));
        current = newest;
    }

    private String versionOf(String commit) {
        return up.git(repository, "show", commit + ":version").strip();
    }

    private void rollBack() {
        var earlier = made.keySet().stream().filter(number -> number < current).toList();
        if (earlier.isEmpty()) {
            return;
        }
        boolean named = random.nextBoolean();
        int goal = named ? earlier.get(random.nextInt(earlier.size())) : earlier.getLast();
        told("roll back to " + goal);
        var number = named ? OptionalInt.of(goal) : OptionalInt.empty();
        var done = up.client().rollback(APP, new Orders.Rollback("production", number, false), event -> {});
        expectLive(done, String.valueOf(goal));
        current = goal;
    }

    private static void expectLive(Deployed done, String what) {
        assertThat(done.live()).as(what + ": " + done.reason()).isTrue();
    }

    private void scale(int wanted) {
        told("scale " + wanted);
        askers.mayFail(instances == 0 || wanted == 0);
        up.client().scale(APP, new Orders.Scale("production", Map.of("web", wanted)), event -> {});
        instances = wanted;
    }

    private void setGreeting() {
        greeting = Optional.of("hello" + random.nextInt(1000));
        told("greeting " + greeting.get());
        var change = new EnvList.Change(Map.of("GREETING", greeting.get()), List.of());
        settingsLive(up.client().changeEnvs(APP, "production", change, event -> {}));
    }

    private void setSecret() {
        secret = Optional.of("secret" + random.nextInt(1000));
        told("secret " + secret.get());
        var change = new EnvList.Change(Map.of("TOKEN", secret.get()), List.of());
        settingsLive(up.client().changeSecrets(APP, "production", change, event -> {}));
    }

    private void settingsLive(Optional<Deployed> done) {
        expectLive(done.orElseThrow(), "settings");
        var now = made.get(current);
        made.put(++newest, new Made(now.version(), greeting, now.commit()));
        current = newest;
    }

    private void killInstance() {
        var running = app().instances().stream()
                .filter(each -> each.release() == current && each.pid().isPresent())
                .toList();
        if (!running.isEmpty()) {
            var victim = running.get(random.nextInt(running.size()));
            told("kill instance " + victim.id());
            askers.mayFail(true);
            kill(victim.pid().getAsLong());
        }
    }

    private void killEdge() {
        told("kill the edge");
        askers.mayFail(true);
        ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .commandLine()
                        .filter(line -> line.contains(" edge " + up.data()))
                        .isPresent())
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void killControlPlane() throws IOException {
        told("kill the control plane");
        up.kill();
        assertThat(up.ask(PROJECT, "/")).startsWith(expected());
        up.start();
    }

    /// Whatever was reached when it died, the branch says what is to be live in the end.
    private void killControlPlaneWhilePushing() throws Exception {
        if (instances == 0) {
            return;
        }
        var version = "v" + ++versions;
        commit(version);
        var commit = up.git(repository, "rev-parse", "HEAD").strip();
        told("push " + version);
        killInTheMiddleOf(() -> up.push(repository, "main"), 1_200);
        eventually(
                () -> up.client().runs(Optional.of(PROJECT), 5).runs().stream().allMatch(each -> each.isOver()));
        boolean arrived = up.git(repository, "ls-remote", "johwa", "main").startsWith(commit);
        var releases =
                up.client().releases(APP, "production", 100, Optional.empty()).releases();
        assertThat(releases).extracting(each -> each.state()).doesNotContain("deploying");
        releases.stream()
                .filter(each -> each.number() > newest && !each.state().equals("failed"))
                .forEach(each -> made.put(each.number(), new Made(version, greeting, commit)));
        newest = releases.getFirst().number();
        if (arrived) {
            goodCommits.add(commit);
            current = made.keySet().stream().max(Integer::compare).orElseThrow();
            assertThat(made.get(current).version())
                    .as(() -> up.client().runs(Optional.of(PROJECT), 3).toString())
                    .isEqualTo(version);
        } else {
            up.git(repository, "reset", "-q", "--hard", "HEAD^");
        }
    }

    private void killControlPlaneWhileGoingBack() throws Exception {
        var earlier = made.keySet().stream().filter(number -> number < current).toList();
        if (earlier.isEmpty()) {
            return;
        }
        int goal = earlier.get(random.nextInt(earlier.size()));
        told("roll back to " + goal);
        var order = new Orders.Rollback("production", OptionalInt.of(goal), false);
        killInTheMiddleOf(() -> up.client().rollback(APP, order, event -> {}), 600);
        assertThat(app().release().orElseThrow()).isIn(current, goal);
        current = app().release().orElseThrow();
    }

    /// Old or new answers meanwhile.
    private void killInTheMiddleOf(Supplier<?> work, int atMostMillis) throws Exception {
        int patience = random.nextInt(atMostMillis);
        told("  and kill the control plane after " + patience + " ms");
        var going = CompletableFuture.supplyAsync(work);
        try {
            going.get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It goes on: this is the moment.
        }
        up.kill();
        going.exceptionally(problem -> null).join();
        assertThat(up.ask(PROJECT, "/")).startsWith(instances == 0 ? "503 " : "200 ");
        up.start();
    }

    private String expected() {
        if (instances == 0) {
            return "503 ";
        }
        var live = made.get(current);
        return "200 " + live.version() + " " + live.greeting().orElse("-") + " " + secret.orElse("-") + " " + current;
    }

    private AppList.App app() {
        return up.client().status(Optional.of(PROJECT)).apps().stream()
                .filter(each -> each.environment().equals("production"))
                .findFirst()
                .orElseThrow();
    }

    private void check() {
        var expected = expected();
        await("it answers '" + expected + "'", () -> up.ask(PROJECT, "/").startsWith(expected));
        assertThat(up.ask(PROJECT, "/")).startsWith(expected);
        assertThat(app().release()).hasValue(current);
        await(instances + " instances of release " + current + " run", () -> running() == instances);
        await("only known instances live", () -> known().equals(up.livingInstances()));
        await(
                "instances are of releases that were live",
                () -> app().instances().stream().allMatch(each -> made.containsKey(each.release())));
        var releases =
                up.client().releases(APP, "production", 1000, Optional.empty()).releases();
        assertThat(releases.stream().filter(each -> each.current()).map(each -> each.number()))
                .containsExactly(current);
        assertThat(releases.stream().filter(each -> each.state().equals("live")).map(each -> each.number()))
                .containsExactly(current);
        assertThat(releases.getFirst().number()).isEqualTo(newest);
    }

    private long running() {
        return app().instances().stream()
                .filter(each -> each.release() == current && each.state().equals("healthy"))
                .count();
    }

    /// Instances that the platform knows, but for those that it is just ending.
    private TreeSet<String> known() {
        var ids = new TreeSet<String>();
        app().instances().forEach(each -> ids.add(each.id()));
        return ids;
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            eventually(condition);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": it did not come true; " + up.ask(PROJECT, "/") + "\n" + app() + "\n"
                    + up.livingInstances());
        }
    }

    private void told(String step) {
        story.add(step);
    }
}
