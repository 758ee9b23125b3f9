package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Deployed;
import dev.johwa.door.api.EnvList;
import dev.johwa.door.api.Orders;
import dev.johwa.door.api.ReleaseList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// One app and a simple model of it: what is done to it, what must be live then, and whether it is.
final class Dice {
    private static final String PROJECT =
            "dice" + Long.toString(ProcessHandle.current().pid(), 36);
    private static final AppName APP = new AppName(PROJECT, PROJECT);
    private static final String PRODUCTION = "production";
    private static final String APP_CODE = """
            import base64, hashlib, http.server, os, sys, time
            VERSION = open('version').read().strip()
            if VERSION.startswith('crash'):
                sys.exit(VERSION)
            WORDS = [VERSION] + [os.environ.get(name, '-') for name in ('GREETING', 'TOKEN', 'JOHWA_RELEASE')]
            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'
                def do_GET(self):
                    if self.path == '/stream':
                        return self.stream()
                    if self.headers.get('Upgrade') == 'websocket':
                        return self.talk()
                    self.answer(' '.join(WORDS).encode())
                def do_POST(self):
                    self.answer(self.rfile.read(int(self.headers['Content-Length'])))
                def answer(self, body):
                    atEdge = self.headers['Host'].startswith('dice')
                    sick = VERSION.startswith('sick') or VERSION.startswith('edge') and atEdge
                    self.send_response(500 if sick else 200)
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                def stream(self):
                    self.send_response(200)
                    self.send_header('Transfer-Encoding', 'chunked')
                    self.end_headers()
                    for i in range(10):
                        self.wfile.write(b'5\\r\\npart\\n\\r\\n')
                        time.sleep(0.05)
                    self.wfile.write(b'0\\r\\n\\r\\n')
                def talk(self):
                    key = self.headers['Sec-WebSocket-Key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
                    self.send_response(101)
                    self.send_header('Upgrade', 'websocket')
                    self.send_header('Connection', 'Upgrade')
                    accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
                    self.send_header('Sec-WebSocket-Accept', accept)
                    self.end_headers()
                    self.close_connection = True
                    while True:
                        head = self.rfile.read(2)
                        if len(head) < 2 or head[0] & 15 == 8:
                            return
                        mask = self.rfile.read(4)
                        word = self.rfile.read(head[1] & 127)
                        word = bytes(byte ^ mask[i % 4] for i, byte in enumerate(word))
                        self.wfile.write(bytes([head[0], len(word)]) + word)
                def log_message(self, *arguments):
                    pass
            http.server.ThreadingHTTPServer.request_queue_size = 128
            http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
            """;
    private static final String TEST_CODE = """
            import unittest
            class VersionTest(unittest.TestCase):
                def test_is_not_bad(self):
                    self.assertFalse(open('version').read().startswith('bad'))
            """;

    private final UpProcess up;
    private final Random random;
    private final List<String> story = new ArrayList<>();
    private final Path repository;

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

    Dice(UpProcess up, Random random) throws IOException {
        this.up = up;
        this.random = random;
        repository = up.repository(PROJECT, "app.py", APP_CODE, "test_app.py", TEST_CODE, "version", "0");
    }

    String host() {
        return PROJECT;
    }

    /// What was done so far.
    String story() {
        return String.join("\n", story);
    }

    void told(String step) {
        story.add(step);
    }

    boolean isOff() {
        return instances == 0;
    }

    /// A version that is as good as the others, committed and not pushed yet.
    String commitGood() throws IOException {
        var version = "v" + ++versions;
        told("push " + version);
        up.commit(repository, "version", version);
        return version;
    }

    String push() {
        return up.push(repository, "main");
    }

    void pushGood() throws IOException {
        var version = commitGood();
        assertThat(push()).contains("live");
        live(version);
    }

    /// The newest release is live, made of what the branch holds.
    private void live(String version) {
        var commit = head();
        goodCommits.add(commit);
        made.put(++newest, new Made(version, greeting, commit));
        current = newest;
    }

    private String head() {
        return up.git(repository, "rev-parse", "HEAD").strip();
    }

    /// @param kind `bad` when its tests shall fail, `crash`, `sick`, or `edge`: sick where the edge looks
    void pushBad(String kind) throws IOException {
        boolean isTested = kind.equals("bad");
        if (isOff() && !isTested) {
            // Nothing is started, so nothing would show it.
            return;
        }
        var version = kind + ++versions;
        told("push " + version);
        up.commit(repository, "version", version);
        assertThat(push()).contains("keeps serving");
        newest += isTested ? 0 : 1;
    }

    void deployEarlier() {
        var commit = goodCommits.get(random.nextInt(goodCommits.size()));
        told("deploy " + commit);
        var version = up.git(repository, "show", commit + ":version").strip();
        var done = up.client().deploy(APP, new Orders.Deploy(PRODUCTION, commit, Optional.empty()), event -> {});
        requireLive(done, version);
        made.put(++newest, new Made(version, greeting, commit));
        current = newest;
    }

    /// @return empty when there is nothing to go back to
    OptionalInt earlier() {
        var earlier = made.keySet().stream().filter(number -> number < current).toList();
        return earlier.isEmpty() ? OptionalInt.empty() : OptionalInt.of(earlier.get(random.nextInt(earlier.size())));
    }

    void rollBack(int goal) {
        told("roll back to " + goal);
        requireLive(order(goal), String.valueOf(goal));
        current = goal;
    }

    Deployed order(int goal) {
        return up.client().rollback(APP, new Orders.Rollback(PRODUCTION, OptionalInt.of(goal), false), event -> {});
    }

    /// One back, without saying to which.
    void rollBack() {
        made.keySet().stream()
                .filter(number -> number < current)
                .reduce((one, next) -> next)
                .ifPresent(goal -> {
                    told("roll back");
                    var order = new Orders.Rollback(PRODUCTION, OptionalInt.empty(), false);
                    requireLive(up.client().rollback(APP, order, event -> {}), String.valueOf(goal));
                    current = goal;
                });
    }

    private static void requireLive(Deployed done, String what) {
        assertThat(done.live()).as(what + ": " + done.reason()).isTrue();
    }

    void scale(int wanted) {
        told("scale " + wanted);
        orderScale(wanted);
        instances = wanted;
    }

    void orderScale(int wanted) {
        up.client().scale(APP, new Orders.Scale(PRODUCTION, Map.of("web", wanted)), event -> {});
    }

    void setGreeting() {
        var word = "hello" + random.nextInt(1000);
        told("greeting " + word);
        settingsLive(orderGreeting(word), Optional.of(word), secret);
    }

    Optional<Deployed> orderGreeting(String word) {
        return up.client()
                .changeEnvs(APP, PRODUCTION, new EnvList.Change(Map.of("GREETING", word), List.of()), event -> {});
    }

    void setSecret() {
        var word = "secret" + random.nextInt(1000);
        told("secret " + word);
        var change = new EnvList.Change(Map.of("TOKEN", word), List.of());
        settingsLive(up.client().changeSecrets(APP, PRODUCTION, change, event -> {}), greeting, Optional.of(word));
    }

    private void settingsLive(Optional<Deployed> done, Optional<String> newGreeting, Optional<String> newSecret) {
        requireLive(done.orElseThrow(), "settings");
        greeting = newGreeting;
        secret = newSecret;
        var now = made.get(current);
        made.put(++newest, new Made(now.version(), greeting, now.commit()));
        current = newest;
    }

    /// After a push of this version met some trouble that is over now: whatever became of it, the next is live.
    void settleTrouble(String version) throws IOException {
        eventually(
                () -> up.client().runs(Optional.of(PROJECT), 5).runs().stream().allMatch(each -> each.isOver()));
        learn(version, greeting, head());
        var next = commitGood();
        assertThat(push()).contains("live");
        learn(next, greeting, head());
        goodCommits.add(head());
        current = newest;
    }

    /// After a push of this version was cut off: whatever was reached, the branch says what is to be live in the end.
    void settlePush(String version) {
        eventually(
                () -> up.client().runs(Optional.of(PROJECT), 5).runs().stream().allMatch(each -> each.isOver()));
        boolean arrived = up.git(repository, "ls-remote", "johwa", "main").startsWith(head());
        learn(version, greeting, head());
        if (arrived) {
            goodCommits.add(head());
            current = made.keySet().stream().max(Integer::compare).orElseThrow();
            assertThat(made.get(current).version())
                    .as(() -> up.client().runs(Optional.of(PROJECT), 3).toString())
                    .isEqualTo(version);
        } else {
            up.git(repository, "reset", "-q", "--hard", "HEAD^");
        }
    }

    /// After a way back was cut off: it was gone or not.
    void settleRollback(int goal) {
        assertThat(app().release().orElseThrow()).isIn(current, goal);
        current = app().release().orElseThrow();
    }

    /// After a change of settings was cut off: what is told of the settings is what is live.
    void settleGreeting(String word) {
        var now = made.get(current);
        greeting =
                Optional.ofNullable(up.client().envs(APP, PRODUCTION).values().get("GREETING"));
        await("it greets with " + greeting, () -> up.ask(PROJECT, "/").contains(" " + greeting.orElse("-") + " "));
        learn(now.version(), greeting, now.commit());
        current = app().release().orElseThrow();
        assertThat(made.get(current).greeting()).as("the greeting that is live").isEqualTo(greeting);
    }

    /// After a scaling was cut off: as many run as it says.
    void settleScale(int wanted) {
        int said = app().processes().stream()
                .filter(each -> each.process().equals("web"))
                .findFirst()
                .orElseThrow()
                .wanted();
        assertThat(said).isIn(instances, wanted);
        instances = said;
    }

    /// Takes what releases are there now that were live once.
    private void learn(String version, Optional<String> words, String commit) {
        await(
                "no release is on its way",
                () -> releases().stream().noneMatch(each -> each.state().equals("deploying")));
        var releases = releases();
        releases.stream()
                .filter(each -> each.number() > newest && !each.state().equals("failed"))
                .forEach(each -> made.put(each.number(), new Made(version, words, commit)));
        newest = releases.getFirst().number();
    }

    private List<ReleaseList.Item> releases() {
        return up.client().releases(APP, PRODUCTION, 1000, Optional.empty()).releases();
    }

    /// Processes of instances of what is live.
    List<Long> pids() {
        return app().instances().stream()
                .filter(each -> each.release() == current && each.pid().isPresent())
                .map(each -> each.pid().getAsLong())
                .toList();
    }

    private String expected() {
        if (isOff()) {
            return "503 ";
        }
        var live = made.get(current);
        return "200 " + live.version() + " " + live.greeting().orElse("-") + " " + secret.orElse("-") + " " + current;
    }

    private AppList.App app() {
        return up.client().status(Optional.of(PROJECT)).apps().stream()
                .filter(each -> each.environment().equals(PRODUCTION))
                .findFirst()
                .orElseThrow();
    }

    /// Asks once, whatever works or does not.
    void requireAnswer() {
        assertThat(up.ask(PROJECT, "/")).startsWith(expected());
    }

    /// Old or new, something answers.
    void requireSomeAnswer() {
        assertThat(up.ask(PROJECT, "/")).startsWith(isOff() ? "503 " : "200 ");
    }

    void check() {
        var expected = expected();
        await("it answers '" + expected + "'", () -> up.ask(PROJECT, "/").startsWith(expected));
        requireAnswer();
        assertThat(app().release()).hasValue(current);
        await(instances + " instances of release " + current + " run", () -> running() == instances);
        await("only known instances live", () -> known().equals(living()));
        await(
                "instances are of releases that were live",
                () -> app().instances().stream().allMatch(each -> made.containsKey(each.release())));
        var releases = releases();
        assertThat(releases.stream().filter(ReleaseList.Item::current).map(ReleaseList.Item::number))
                .containsExactly(current);
        assertThat(releases.stream().filter(each -> each.state().equals("live")).map(ReleaseList.Item::number))
                .containsExactly(current);
        assertThat(releases.getFirst().number()).isEqualTo(newest);
    }

    private long running() {
        return app().instances().stream()
                .filter(each -> each.release() == current && each.state().equals("healthy"))
                .count();
    }

    /// Instances that live as far as the platform knows.
    private TreeSet<String> known() {
        var ids = new TreeSet<String>();
        app().instances().stream()
                .filter(each -> !each.state().equals("stopped"))
                .forEach(each -> ids.add(each.id()));
        return ids;
    }

    private Set<String> living() {
        return up.livingInstances().stream()
                .filter(id -> id.startsWith(PROJECT))
                .collect(Collectors.toSet());
    }

    private void await(String what, BooleanSupplier condition) {
        try {
            eventually(condition);
        } catch (AssertionError e) {
            throw new AssertionError(what + ": it did not come true; " + up.ask(PROJECT, "/") + "\n" + app() + "\n"
                    + up.livingInstances());
        }
    }
}
