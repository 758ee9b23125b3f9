package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Hold;
import dev.johwa.serve.router.RoutingTable.Instances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to requests while tables are replaced.
class SwitchTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n";

    @TempDir
    Path folder;

    /// Clients ask without end on kept and new connections while releases come and go; an instance is killed as soon as
    /// the edge says that nothing is under way there.
    @Test
    void noRequestIsLostOverTwentySwitches() throws Exception {
        var stop = new AtomicBoolean();
        var lost = new CopyOnWriteArrayList<String>();
        var sent = new AtomicInteger();
        try (var edge = new Rig(folder);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var old = Backend.saying("0");
            edge.serve(old);
            for (int i = 0; i < 6; i++) {
                boolean isKept = i % 2 == 0;
                clients.submit(() -> ask(edge, stop, isKept, sent, lost));
            }
            for (int release = 1; release <= 20; release++) {
                int before = sent.get();
                Rig.await("some requests", () -> sent.get() > before + 50);
                var next = Backend.saying("" + release);
                edge.route(new Instances(List.of(new Endpoint("r" + release, next.address())), ""), release);
                var oldName = release == 1 ? "i" + old.port() : "r" + (release - 1);
                Rig.await("drained", () -> edge.tables.inFlight(Set.of(oldName)) == 0);
                old.close();
                old = next;
            }
            stop.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            old.close();
        }
        assertThat(lost).isEmpty();
        assertThat(sent.get()).isGreaterThan(1_000);
    }

    private static void ask(Rig edge, AtomicBoolean stop, boolean isKept, AtomicInteger sent, List<String> lost) {
        Wire wire = null;
        while (!stop.get() && sent.get() < 50_000) {
            try {
                if (wire == null || !isKept) {
                    if (wire != null) {
                        wire.close();
                    }
                    wire = edge.connect();
                }
                int number = sent.incrementAndGet();
                var answer = wire.send(number % 3 == 0 ? POST : GET).message();
                if (answer.status() != 200) {
                    lost.add(answer.toString());
                }
            } catch (Exception e) {
                lost.add(e.toString());
                wire = null;
            }
        }
    }

    @Test
    void aRequestUnderWayEndsAtTheOldInstanceAfterTheSwitch() throws Exception {
        var go = new CompletableFuture<Void>();
        try (var old = new Backend(wire -> {
                    wire.message();
                    go.join();
                    wire.send(Backend.ok("old"));
                });
                var next = Backend.saying("new");
                var edge = new Rig(folder).serve(old);
                var wire = edge.connect()) {
            wire.send(GET);
            Rig.await("under way", () -> edge.tables.inFlight(Set.of("i" + old.port())) == 1);
            edge.route(new Instances(List.of(new Endpoint("next", next.address())), ""), 2);

            assertThat(edge.get("/").body()).isEqualTo("new");
            assertThat(edge.tables.inFlight(Set.of("i" + old.port()))).isEqualTo(1);
            go.complete(null);
            assertThat(wire.message().body()).isEqualTo("old");
            Rig.await("drained", () -> edge.tables.inFlight(Set.of("i" + old.port())) == 0);
        }
    }

    @Test
    void whatDoesNotEndIsCut() throws Exception {
        try (var old = new Backend(wire -> {
                    var request = wire.message();
                    if (request.head().contains("/stream")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
                    }
                    wire.read();
                });
                var edge = new Rig(folder).serve(old);
                var silent = edge.connect();
                var stream = edge.connect()) {
            silent.send(GET);
            stream.send("GET /stream HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(stream.head()).contains("200 OK");
            assertThat(stream.chunk()).isEqualTo("data: 1\n\n");
            var names = Set.of("i" + old.port());
            Rig.await("under way", () -> edge.tables.inFlight(names) == 2);

            assertThat(edge.server.cut(names)).isEqualTo(2);
            assertThat(silent.message().status()).isEqualTo(503);
            assertThat(stream.chunk())
                    .as("the end of a stream that is cut is a proper one")
                    .isEmpty();
            assertThat(stream.read()).isEqualTo(-1);
            Rig.await("nothing left", () -> edge.tables.inFlight(names) == 0);
        }
    }

    @Test
    void anOlderTableChangesNothing() throws Exception {
        try (var app = Backend.saying("new");
                var edge = new Rig(folder).serve(app)) {
            edge.tables.apply(new RoutingTable(0, List.of()));
            assertThat(edge.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void requestsForAnAppThatSleepsWaitForTheNextTable() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder).route(new Hold(Duration.ofSeconds(20)))) {
            var wires = new ArrayList<Wire>();
            for (int i = 0; i < 20; i++) {
                wires.add(edge.connect().send(i % 2 == 0 ? GET : POST));
            }
            Rig.await("all wait", () -> edge.counts().inFlight() == 20);
            assertThat(edge.asked).contains("app production");
            edge.serve(app);
            for (int i = 0; i < 20; i++) {
                var answer = wires.get(i).message();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).endsWith(i % 2 == 0 ? "\r\n\r\n" : "body");
                wires.get(i).close();
            }
            assertThat(edge.counts().inFlight()).isZero();
        }
    }

    @Test
    void theFirstRequestIsReportedAndTheOthersWaitQuietly() throws Exception {
        try (var edge = new Rig(folder).route(new Hold(Duration.ofSeconds(20)));
                var one = edge.connect().send(GET)) {
            Rig.await("it waits", () -> edge.counts().inFlight() == 1);
            assertThat(edge.asked).hasSize(1);
            try (var two = edge.connect().send(GET)) {
                Rig.await("both wait", () -> edge.counts().inFlight() == 2);
                assertThat(edge.asked).hasSize(1);
                assertThat(two.socket.isClosed()).isFalse();
            }
            assertThat(one.socket.isClosed()).isFalse();
        }
    }

    @Test
    void whoeverWaitsTooLongIsTold() throws Exception {
        try (var edge = new Rig(folder).route(new Hold(Duration.ofMillis(200)))) {
            var answer = edge.get("/");
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("app did not start in time");
        }
    }

    @Test
    void onlySoManyMayWait() throws Exception {
        var usual = Limits.usual();
        var few = new Limits(
                0,
                usual.lineBytes(),
                usual.headBytes(),
                usual.idle(),
                usual.head(),
                usual.body(),
                usual.answer(),
                2,
                usual.connections());
        try (var edge = new Rig(folder, few).route(new Hold(Duration.ofSeconds(20)));
                var one = edge.connect().send(GET);
                var two = edge.connect().send(GET)) {
            Rig.await("two wait", () -> edge.counts().inFlight() == 2);
            assertThat(edge.get("/").status()).isEqualTo(503);
            assertThat(one.socket.isConnected() && two.socket.isConnected()).isTrue();
        }
    }

    @Test
    void whoeverGoesAwayWaitsNoLonger() throws Exception {
        try (var app = Backend.saying("awake");
                var edge = new Rig(folder).route(new Hold(Duration.ofSeconds(20)))) {
            try (var gone = edge.connect().send(GET)) {
                Rig.await("it waits", () -> edge.counts().inFlight() == 1 && gone.socket.isConnected());
            }
            Rig.await("it waits no longer", () -> edge.counts().inFlight() == 0);
            edge.serve(app);
            assertThat(app.connections.get()).isZero();
        }
    }
}
