package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What flows: events, tunnels, bodies larger than any buffer.
class StreamTest {
    private static final String UPGRADE =
            "GET /ws HTTP/1.1\r\nHost: app.localhost\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String SWITCHED =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void eventsComeOneByOneAsTheyHappen() throws Exception {
        var next = new SynchronousQueue<String>();
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        var event = next.take();
                        wire.send(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET /events HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(wire.head()).contains("text/event-stream");
            for (int i = 0; i < 20; i++) {
                next.put("data: " + i + "\n\n");
                assertThat(wire.chunk()).isEqualTo("data: " + i + "\n\n");
            }
        }
    }

    @Test
    void aTunnelCarriesBytesBothWays() throws Exception {
        try (var app = new Backend(wire -> {
                    assertThat(wire.head())
                            .containsIgnoringCase("upgrade: websocket")
                            .containsIgnoringCase("connection: upgrade");
                    // The first bytes of the new protocol come in the packet of the answer.
                    wire.send(SWITCHED + "first");
                    while (true) {
                        wire.send(wire.text(4));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send(UPGRADE);
            assertThat(wire.head()).startsWith("HTTP/1.1 101").containsIgnoringCase("upgrade: websocket");
            assertThat(wire.text(5)).isEqualTo("first");
            for (int i = 1000; i < 1100; i++) {
                assertThat(wire.send("" + i).text(4)).isEqualTo("" + i);
            }
            assertThat(edge.counts().inFlight()).isEqualTo(1);
        }
    }

    @Test
    void bytesThatComeBeforeTheChangeOfProtocolAreNotTakenForARequest() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.head();
                    Thread.sleep(50);
                    wire.send(SWITCHED);
                    while (true) {
                        wire.send(wire.text(4));
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send(UPGRADE + "\u0081\u0002\r\n");
            assertThat(wire.head()).startsWith("HTTP/1.1 101");
            assertThat(wire.text(4)).isEqualTo("\u0081\u0002\r\n");
        }
    }

    @Test
    void anInstanceMayDeclineTheChangeOfProtocol() throws Exception {
        try (var app = Backend.saying("no");
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send(UPGRADE + "GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(wire.message().body()).isEqualTo("no");
            assertThat(wire.message().body()).isEqualTo("no");
        }
    }

    @Test
    void bothSidesOfATunnelEndTogether() throws Exception {
        var ended = new CompletableFuture<Void>();
        try (var app = new Backend(wire -> {
                    wire.head();
                    wire.send(SWITCHED + "bye");
                    if (wire.read() == -1) {
                        ended.complete(null);
                    }
                });
                var edge = new Rig(folder).serve(app)) {
            try (var wire = edge.connect()) {
                wire.send(UPGRADE).head();
                wire.text(3);
            }
            ended.get(10, TimeUnit.SECONDS);
            Rig.await("over", () -> edge.counts().inFlight() == 0);
        }
    }

    @Test
    void aTunnelIsCutWhenItsInstanceIsDrained() throws Exception {
        try (var app = new Backend(wire -> {
                    wire.head();
                    wire.send(SWITCHED);
                    wire.read();
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send(UPGRADE).head();
            assertThat(edge.server.cut(Set.of("i" + app.port()))).isEqualTo(1);
            // A close frame that says "going away" (RFC 6455 §7.4.1), so that clients connect again.
            assertThat(wire.rest()).isEqualTo("\u0088\u0002\u0003\u00e9");
        }
    }

    @Test
    void anAnswerIsHeldBackWhenTheClientDoesNotRead() throws Exception {
        var written = new AtomicLong();
        try (var app = new Backend(wire -> {
                    wire.message();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + (1L << 31) + "\r\n\r\n");
                    var block = new byte[64 << 10];
                    while (true) {
                        wire.send(block);
                        written.addAndGet(block.length);
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n").head();
            long before = -1;
            while (written.get() != before) {
                before = written.get();
                Thread.sleep(300);
            }
            // What the kernel holds on two connections, and little of ours.
            assertThat(written.get()).isBetween(1L, 24L << 20);
            assertThat(wire.text(1 << 20)).hasSize(1 << 20);
            Rig.await("it goes on", () -> written.get() > 0);
        }
    }

    @Test
    void aBodyIsHeldBackWhenTheInstanceDoesNotRead() throws Exception {
        var go = new CompletableFuture<Void>();
        long size = 64L << 20;
        try (var app = new Backend(wire -> {
                    wire.head();
                    go.join();
                    for (long left = size; left > 0; left -= 1 << 20) {
                        assertThat(wire.text(1 << 20)).hasSize(1 << 20);
                    }
                    wire.send(Backend.ok("all"));
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("PUT / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: " + size + "\r\n\r\n");
            var written = new AtomicLong();
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    var block = new byte[64 << 10];
                    while (written.get() < size) {
                        wire.send(block);
                        written.addAndGet(block.length);
                    }
                } catch (IOException e) {
                    // The assertions below tell.
                }
            });
            long before = -1;
            while (written.get() != before) {
                before = written.get();
                Thread.sleep(300);
            }
            assertThat(written.get()).isBetween(1L, 24L << 20);
            go.complete(null);
            sending.join();
            assertThat(wire.message().body()).isEqualTo("all");
        }
    }
}
