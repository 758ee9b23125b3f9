package dev.johwa.serve.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.EdgeOfTests;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.http.Probe;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.RoutingTable.Closed;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Files;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edge as a process of its own, and control planes that come and go.
class EdgeProcessTest {
    @TempDir
    Path folder;

    private final SystemClock clock = new SystemClock();
    private final Tasks tasks = new Tasks();

    private EdgeSettings settings() {
        return settings("", List.of());
    }

    /// @param instead words that start another program
    private EdgeSettings settings(String program, List<String> instead) {
        return new EdgeSettings(
                folder.resolve("run"),
                folder.resolve("logs"),
                EdgeOfTests.anyPort(),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                instead.isEmpty() ? EdgeOfTests.command() : instead,
                program);
    }

    private Edge start() {
        return Edges.start(settings(), clock, tasks);
    }

    @AfterEach
    void end() {
        Edges.end(settings(), clock, tasks);
        tasks.close();
    }

    private static RoutingTable table(long version, RoutingTable.Backend backend) {
        return new RoutingTable(
                version,
                List.of(new Route(
                        List.of("app.localhost"), "/", "app", "production", 1, backend, Terms.NONE, Part.WHOLE)));
    }

    private static String get(String address) throws Exception {
        int colon = address.lastIndexOf(':');
        try (var socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: app.localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        // To see that one hangs takes most of 15 s where nothing else works.
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void aTableIsServedOnceApplyReturns() throws Exception {
        try (var edge = start()) {
            assertThat(get(edge.address())).contains("404").contains("No app is called app.localhost");
            for (int version = 1; version <= 20; version++) {
                edge.apply(table(version, new Closed(503, "version " + version)));
                assertThat(get(edge.address())).contains("version " + version);
            }
            assertThat(edge.report().counts().getFirst().requests()).isEqualTo(20);
            assertThat(edge.drain(Set.of("nobody"), Duration.ofSeconds(1))).isZero();
            edge.shutDown();
            assertThat(Detached.isAlive(edge.pid())).isFalse();
        }
    }

    @Test
    void allKindsOfBackendsCrossTheSocket() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("index.html"), "<h1>file</h1>");
        try (var edge = start()) {
            edge.apply(table(1, new Files(folder.toString(), true)));
            assertThat(get(edge.address())).contains("<h1>file</h1>");
            edge.apply(table(2, new Instances(List.of(new Endpoint("gone", "127.0.0.1:1")), "/health")));
            assertThat(get(edge.address())).contains("503").contains("app does not answer");
            assertThat(edge.report().unhealthy()).containsExactly("gone");
            var asked = new CompletableFuture<String>();
            edge.listen(new Edge.Listener() {
                @Override
                public void asked(String app, String environment) {
                    asked.complete(app + " " + environment);
                }

                @Override
                public void health(String instance, boolean healthy) {}
            });
            edge.apply(table(3, new Hold(Duration.ofSeconds(20))));
            var answer = tasks.call("ask", () -> get(edge.address()));
            assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo("app production");
            edge.apply(table(4, new Closed(200, "awake")));
            assertThat(answer.get(20, TimeUnit.SECONDS)).contains("awake");
        }
    }

    @Test
    void whenTheEdgeDiesConnectionsWaitForTheNextOne() throws Exception {
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "served")));
            long first = edge.pid();
            var address = edge.address();
            long killed = System.nanoTime();
            Detached.kill(first);
            var answers = new CopyOnWriteArrayList<String>();
            for (int i = 0; i < 20; i++) {
                answers.add(get(address));
                if (i == 0) {
                    System.out.println("edge killed, answers after ms: " + (System.nanoTime() - killed) / 1_000_000);
                }
            }
            assertThat(answers).hasSize(20).allMatch(answer -> answer.contains("served"));
            await("another edge", () -> edge.pid() != first);
            assertThat(edge.address()).isEqualTo(address);
            edge.apply(table(2, new Closed(200, "changed")));
            assertThat(get(address)).contains("changed");
        }
    }

    @Test
    void aTableThatIsSentWhileTheEdgeIsDeadIsNotLost() throws Exception {
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "before")));
            Detached.kill(edge.pid());
            edge.apply(table(2, new Closed(200, "after")));
            assertThat(get(edge.address())).contains("after");
        }
    }

    @Test
    void aTableHoldsAlsoWhenTheClockWasSetBackMeanwhile() throws Exception {
        try (var edge = start()) {
            edge.apply(table(2_000, new Closed(200, "before")));
        }
        try (var next = start()) {
            next.apply(table(1_000, new Closed(200, "after")));
            assertThat(get(next.address())).contains("after");
            next.apply(table(1_001, new Closed(200, "later")));
            assertThat(get(next.address())).contains("later");
        }
    }

    @Test
    void theNextControlPlaneAdoptsTheEdgeAndItsSocket() throws Exception {
        long pid;
        String address;
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "kept")));
            pid = edge.pid();
            address = edge.address();
        }
        assertThat(get(address)).as("serves without a control plane").contains("kept");
        try (var next = start()) {
            assertThat(next.pid()).isEqualTo(pid);
            assertThat(next.address()).isEqualTo(address);
            assertThat(next.report().counts().getFirst().requests()).isEqualTo(1);
            next.apply(table(2, new Closed(200, "newer")));
            assertThat(get(address)).contains("newer");
            // The socket was adopted too: it outlives the process.
            Detached.kill(pid);
            assertThat(get(address)).contains("newer");
            await("another edge", () -> next.pid() != pid);
        }
    }

    @Test
    void anEdgeThatHangsIsReplaced() throws Exception {
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "alive")));
            long first = edge.pid();
            assertThat(new ProcessBuilder("/bin/kill", "-STOP", String.valueOf(first))
                            .start()
                            .waitFor())
                    .isZero();
            await("another edge", () -> edge.pid() != first);
            assertThat(get(edge.address())).contains("alive");
        }
    }

    /// Another edge beside the one that serves, as a control plane makes it that is killed before it could go on.
    private ConnectedEdge beside(Seat.Phase phase) {
        var settings = settings("next", List.of());
        return new EdgeStarts(settings, clock)
                .once(phase, EdgeAccount.NONE, this::connect, () -> false)
                .orElseThrow();
    }

    private Optional<ConnectedEdge> connect(Seat seat) {
        return seat.state().map(state -> {
            try {
                var talk = Conversation.start(LineSocket.connect(seat.control()), tasks, said -> {}, () -> {});
                return new ConnectedEdge(seat, state, talk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void ofTwoThatServeTheOlderOneLeaves() throws Exception {
        ConnectedEdge next;
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "served")));
            next = beside(Seat.Phase.SERVING);
            assertThat(next.pid()).isNotEqualTo(edge.pid());
        }
        next.talk().close();
        long older = olderOne();
        try (var edge = Edges.start(settings("next", List.of()), clock, tasks)) {
            assertThat(edge.pid()).isEqualTo(next.pid());
            await("the older one leaves", () -> !Detached.isAlive(older));
            assertThat(get(edge.address())).contains("served");
        }
    }

    private long olderOne() {
        return settings().files().seats().stream()
                .flatMap(seat -> seat.state().stream())
                .min(Comparator.comparing(Seat.State::startedAtMillis))
                .orElseThrow()
                .pid();
    }

    @Test
    void oneThatWaitsEndsWithTheControlPlaneThatStartedIt() throws Exception {
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "served")));
            var next = beside(Seat.Phase.WAITING);
            next.talk().close();
            await("it ends", () -> !Detached.isAlive(next.pid()));
            assertThat(get(edge.address())).contains("served");
        }
    }

    @Test
    void anEdgeStaysWhereTheNextOneDoesNotStart() throws Exception {
        long first;
        try (var edge = start()) {
            edge.apply(table(1, new Closed(200, "served")));
            first = edge.pid();
        }
        try (var edge = Edges.start(settings("broken", List.of("/bin/false")), clock, tasks)) {
            await("it tells", () -> edge.programs().note().contains("the next one did not start"));
            assertThat(edge.pid()).isEqualTo(first);
            edge.apply(table(2, new Closed(200, "still served")));
            assertThat(get(edge.address())).contains("still served");
        }
    }

    @Test
    void theProbeOfChecksReachesIt() {
        try (var edge = start();
                var probe = new Probe()) {
            assertThat(probe.connects(edge.address(), Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void anEdgeThatFailsIsNoProcessAnyMore() throws Exception {
        var argv = new ArrayList<>(EdgeOfTests.command());
        argv.addAll(List.of(folder.resolve("nowhere").toString(), folder.toString()));
        var process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("words").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(folder.resolve("words")).content().contains("the edge ends");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whereAnEdgeCannotBeStartedTheNextOneIsTried() throws Exception {
        var settings = settings();
        java.nio.file.Files.createDirectories(settings.run());
        var tries = new AtomicInteger();
        BooleanSupplier isOver = () -> {
            // Without the folder of logs nothing starts; before the second try somebody makes room for it.
            if (tries.incrementAndGet() == 2) {
                assertThat(settings.logs().toFile().mkdirs()).isTrue();
            }
            return false;
        };
        var edge = new EdgeStarts(settings, clock)
                .untilOneAnswers(Duration.ofSeconds(60), EdgeAccount.NONE, this::connect, isOver);
        assertThat(edge).isPresent();
        assertThat(settings.files().seats()).hasSize(2);
    }

    @Test
    void anEdgeThatCannotBeToldToLeaveGoesOnWhereTheControlPlaneEnds() {
        var settings = settings();
        assertThat(settings.run().toFile().mkdirs()).isTrue();
        assertThat(settings.logs().toFile().mkdirs()).isTrue();
        var edge = beside(Seat.Phase.SERVING);
        var leaving = new LeavingEdges(tasks);
        leaving.expect(edge);
        Thread.currentThread().interrupt();
        try {
            leaving.tell(edge);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Detached.isAlive(edge.pid())).as("interrupted").isTrue();
        leaving.close();
        leaving.tell(edge);
        assertThat(Detached.isAlive(edge.pid())).as("closed").isTrue();
    }
}
