package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingInstancesTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\n\r\nbody";

    @TempDir
    Path folder;

    private static int deadPort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aRefusedConnectionGoesToAnotherInstanceForAnyMethod() throws Exception {
        try (var app = Backend.echo();
                var edge = new Rig(folder)) {
            for (int i = 0; i < 10; i++) {
                edge.route(new Instances(
                        List.of(
                                new Endpoint("dead" + i, "127.0.0.1:" + deadPort()),
                                new Endpoint("alive", app.address())),
                        ""));
                assertThat(edge.ask(POST).body()).endsWith("body");
            }
        }
    }

    @Test
    void whenNoInstanceCanBeReachedThePageSaysSo() throws Exception {
        try (var edge =
                new Rig(folder).route(new Instances(List.of(new Endpoint("dead", "127.0.0.1:" + deadPort())), ""))) {
            var answer = edge.ask(POST);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("app does not answer");
            assertThat(answer.field("Retry-After")).isPresent();
            assertThat(edge.health).contains("dead false");
            assertThat(edge.tables.unhealthy()).containsExactly("dead");
        }
    }

    @Test
    void aConnectionThatDiesBeforeTheAnswerIsTriedOnceMoreForAGet() throws Exception {
        var count = new AtomicInteger();
        try (var app = new Backend(wire -> {
                    wire.message();
                    if (count.incrementAndGet() > 1) {
                        wire.send(Backend.ok("second"));
                        wire.read();
                    }
                });
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.ask(GET).body()).isEqualTo("second");
            assertThat(count.get()).isEqualTo(2);
        }
    }

    @Test
    void onceMoreAndNotTwice() throws Exception {
        var count = new AtomicInteger();
        try (var app = new Backend(wire -> {
                    wire.message();
                    count.incrementAndGet();
                });
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.ask(GET).status()).isEqualTo(502);
            assertThat(count.get()).isEqualTo(2);
        }
    }

    @Test
    void aPostIsNeverSentTwice() throws Exception {
        var count = new AtomicInteger();
        try (var app = new Backend(wire -> {
                    wire.message();
                    count.incrementAndGet();
                });
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.ask(POST).status()).isEqualTo(502);
            assertThat(edge.ask("PUT / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 4\r\n\r\nbody")
                            .status())
                    .isEqualTo(502);
            assertThat(count.get()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatBeganIsNotTriedAgain() throws Exception {
        var count = new AtomicInteger();
        try (var app = new Backend(wire -> {
                    wire.message();
                    count.incrementAndGet();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Le");
                });
                var edge = new Rig(folder).serve(app)) {
            assertThat(edge.ask(GET).status()).isEqualTo(502);
            assertThat(count.get()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsLostWhenTheInstanceClosesKeptConnections() throws Exception {
        // Each connection takes one request, says nothing of closing, and closes a moment later.
        try (var app = new Backend(wire -> {
                    var request = wire.message();
                    wire.send(Backend.ok(request.body().isEmpty() ? "get" : request.body()));
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            for (int i = 0; i < 500; i++) {
                assertThat(wire.send(GET).message().body()).isEqualTo("get");
                Thread.sleep(1);
                assertThat(wire.send(POST).message().status()).isEqualTo(200);
                Thread.sleep(1);
            }
        }
    }

    @Test
    void anInstanceThatSpeaksUnaskedIsNotAskedOnThatConnection() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send(Backend.ok("mine") + Backend.ok("for somebody else"));
                    wire.message();
                    wire.send(Backend.ok("never"));
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            assertThat(wire.send(GET).message().body()).isEqualTo("mine");
            assertThat(wire.send(GET).message().body()).isEqualTo("mine");
        }
    }

    @Test
    void theLeastBusyInstanceGetsTheRequest() throws Exception {
        try (var slow = new Backend(wire -> {
                    wire.message();
                    wire.read();
                });
                var quick = Backend.saying("quick");
                var edge = new Rig(folder).serve(slow, quick)) {
            var stuck = edge.connect();
            // Sooner or later one is stuck at the slow one; from then on all go to the other.
            while (slow.connections.get() == 0) {
                stuck = edge.connect();
                stuck.send(GET);
                Thread.sleep(20);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(edge.get("/").body()).isEqualTo("quick");
            }
            stuck.close();
        }
    }

    @Test
    void anInstanceThatIsSlowIsNotPreferred() throws Exception {
        try (var slow = new Backend(wire -> {
                    while (true) {
                        wire.message();
                        Thread.sleep(60);
                        wire.send(Backend.ok("slow"));
                    }
                });
                var quick = Backend.saying("quick");
                var edge = new Rig(folder).serve(slow, quick)) {
            int fromSlow = 0;
            for (int i = 0; i < 60; i++) {
                fromSlow += edge.get("/").body().equals("slow") ? 1 : 0;
            }
            // Half of them by chance; now and then it may show that it has become quicker.
            assertThat(fromSlow).isBetween(1, 20);
        }
    }

    @Test
    void anInstanceThatIsNotWellGetsNoRequestsUntilItIs() throws Exception {
        var isWell = new AtomicBoolean(false);
        Backend.Script script = wire -> {
            while (true) {
                var head = wire.message().head();
                boolean isCheck = head.startsWith("GET /health ");
                wire.send(
                        isCheck && !isWell.get()
                                ? "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
                                : Backend.ok("answered"));
            }
        };
        try (var app = new Backend(script);
                var edge = new Rig(folder).route(new Instances(List.of(new Endpoint("i", app.address())), "/health"))) {
            assertThat(edge.get("/").status()).isEqualTo(200);
            Rig.await("unhealthy", () -> edge.health.contains("i false"));
            assertThat(edge.get("/").status()).isEqualTo(503);
            isWell.set(true);
            Rig.await("healthy", () -> edge.health.contains("i true"));
            assertThat(edge.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void anInstanceThatComesBackIsFoundWithinSeconds() throws Exception {
        int port = deadPort();
        try (var edge = new Rig(folder).route(new Instances(List.of(new Endpoint("i", "127.0.0.1:" + port)), ""))) {
            assertThat(edge.get("/").status()).isEqualTo(503);
            try (var again = new Backend(
                    wire -> {
                        wire.message();
                        wire.send(Backend.ok("back"));
                    },
                    port)) {
                Rig.await("healthy", () -> edge.health.contains("i true"));
                assertThat(edge.get("/").body()).isEqualTo("back");
                assertThat(again.connections.get()).isPositive();
            }
        }
    }
}
