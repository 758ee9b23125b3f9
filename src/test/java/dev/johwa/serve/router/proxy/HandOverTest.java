package dev.johwa.serve.router.proxy;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.EdgeOfTests;
import dev.johwa.TestCertificate;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.process.Detached;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.Edge;
import dev.johwa.serve.router.EdgeSettings;
import dev.johwa.serve.router.Edges;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edge of another program takes over while people are there.
class HandOverTest {
    private static final String HEAD = " / HTTP/1.1\r\nHost: localhost\r\n";
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final List<Thread> visitors = new ArrayList<>();
    private TestCertificate own;
    private HttpClient client;
    private Backend app;
    private Edge edge;
    private long version;
    private volatile boolean isOver;

    @BeforeEach
    void start() throws Exception {
        own = TestCertificate.make(folder, "own", "EC", "localhost");
        client = HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(own.chain()))
                .build();
        app = new Backend(HandOverTest::play);
        edge = Edges.start(settings("1"), new SystemClock(), tasks);
        apply();
    }

    @AfterEach
    void end() throws IOException {
        isOver = true;
        visitors.forEach(each -> {
            try {
                each.join(Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        client.close();
        edge.shutDown();
        app.close();
        tasks.close();
    }

    /// Answers with what was sent; `/events` and `/ws` say back what comes for as long as it comes.
    private static void play(Wire wire) throws Exception {
        while (true) {
            var request = wire.message();
            if (request.head().startsWith("GET /ws")) {
                wire.send(SWITCHED);
                while (true) {
                    wire.send(wire.text(4));
                }
            }
            if (request.head().startsWith("GET /events")) {
                wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) {
                    wire.send("4\r\ntick\r\n");
                    Thread.sleep(20);
                }
            }
            wire.send(Backend.ok("told " + request.body()));
        }
    }

    private EdgeSettings settings(String program) {
        return EdgeOfTests.secured(folder, program);
    }

    private void apply() {
        var instances = new Instances(List.of(new Endpoint("one", app.address())), "");
        var certificate =
                new Certificate(List.of(), own.chain().toString(), own.key().toString());
        edge.apply(new RoutingTable(
                ++version,
                List.of(new Route(
                        List.of("localhost"), "/", "shop", "production", 1, instances, Terms.NONE, Part.WHOLE)),
                new Tls(List.of(certificate), Set.of(), 0, 0, Map.of(), List.of())));
    }

    /// A control plane of another program comes.
    private void upgrade(String program) {
        edge.close();
        edge = Edges.start(settings(program), new SystemClock(), tasks);
        eventually(() -> edge.programs().serving().equals(program));
    }

    private Wire connect() throws IOException {
        int port = Integer.parseInt(edge.address().replaceFirst(".*:", ""));
        return Wire.to(new InetSocketAddress("127.0.0.1", port));
    }

    private interface Visit {
        /// @return what is answered
        String pay(String text) throws Exception;
    }

    /// Asks again and again.
    private void visit(Callable<Visit> visit) {
        visitors.add(Thread.ofVirtual().start(() -> {
            try {
                var visitor = visit.call();
                for (int i = 0; !isOver; i++) {
                    var answer = visitor.pay("text " + i);
                    if (!answer.equals("told text " + i)) {
                        throw new AssertionError("to 'text " + i + "': " + answer);
                    }
                    answered.incrementAndGet();
                    Thread.sleep(5);
                }
            } catch (Exception | AssertionError e) {
                lost.add(answered + " " + e);
            }
        }));
    }

    /// Keeps its connection until it is told that it ends.
    private final class Keeping implements Visit {
        private Wire wire;

        @Override
        public String pay(String text) throws IOException {
            wire = wire == null ? connect() : wire;
            var length = "Content-Length: " + text.length() + "\r\n\r\n";
            var answer = wire.send("POST" + HEAD + length + text).message();
            if (answer.field("Connection").filter("close"::equals).isPresent()) {
                wire.close();
                wire = null;
            }
            return answer.body();
        }
    }

    private String once(String text) throws IOException {
        try (var wire = connect()) {
            var length = "Connection: close\r\nContent-Length: " + text.length() + "\r\n\r\n";
            return wire.send("POST" + HEAD + length + text).message().body();
        }
    }

    private String byStream(String text) throws Exception {
        var to = URI.create("https://localhost:" + edge.tlsAddress().replaceFirst(".*:", "") + "/");
        var request = HttpRequest.newBuilder(to).timeout(Duration.ofSeconds(60)).POST(BodyPublishers.ofString(text));
        var answer = client.send(request.build(), BodyHandlers.ofString());
        return answer.version() == HttpClient.Version.HTTP_2 ? answer.body() : "by " + answer.version();
    }

    @Test
    void nobodyNotices() throws Exception {
        long first = edge.pid();
        try (var socket = connect();
                var events = connect();
                var quiet = connect()) {
            visit(Keeping::new);
            visit(Keeping::new);
            visit(() -> this::once);
            visit(() -> this::byStream);
            assertThat(socket.send(UPGRADE).head()).contains(" 101 ");
            assertThat(events.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .head())
                    .contains(" 200 ");
            assertThat(quiet.send("GET" + HEAD + "\r\n").message().body()).isEqualTo("told ");
            eventually(() -> answered.get() > 100);

            upgrade("2");

            assertThat(edge.pid()).isNotEqualTo(first);
            int before = answered.get();
            eventually(() -> answered.get() > before + 100);
            // Who was there is still there, and hears of the next table.
            assertThat(edge.programs().leaving()).containsExactly(first);
            assertThat(edge.report().counts().getFirst().inFlight()).isGreaterThanOrEqualTo(2);
            apply();
            assertThat(socket.send("1234").text(4)).isEqualTo("1234");
            assertThat(events.chunk()).isEqualTo("tick");
            var last = quiet.send("GET" + HEAD + "\r\n").message();
            assertThat(last.body()).isEqualTo("told ");
            assertThat(last.field("Connection")).contains("close");
            assertThat(quiet.read()).isEqualTo(-1);
            assertThat(Detached.isAlive(first)).isTrue();
        }
        eventually(() -> !Detached.isAlive(first));
        eventually(() -> edge.programs().leaving().isEmpty());
        assertThat(once("after")).isEqualTo("told after");
        assertThat(lost).isEmpty();
    }
}
