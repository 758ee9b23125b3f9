package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that hold on to what they were given: they cost little, and not for long.
class SlowClientsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n";
    private static final long GIGABYTE = 1L << 30;

    @TempDir
    Path folder;

    static Limits limits(int seconds, int connections) {
        var time = Duration.ofSeconds(seconds);
        var answer = Duration.ofSeconds(60);
        return new Limits(0, 16 << 10, 64 << 10, time, time, time, answer, 10, connections);
    }

    @Test
    void anAnswerThatNobodyReadsWaitsWhereItIsAndIsGivenUp() throws Exception {
        var taken = new AtomicLong();
        var isOver = new AtomicBoolean();
        try (var app = new Backend(wire -> {
                    wire.message();
                    var piece = new byte[64 << 10];
                    try {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
                        while (taken.get() < GIGABYTE) {
                            wire.send(piece);
                            taken.addAndGet(piece.length);
                        }
                    } catch (IOException e) {
                        isOver.set(true);
                    }
                });
                var edge = new Rig(folder, limits(1, 1_000)).serve(app);
                var wire = edge.connect()) {
            wire.socket.setReceiveBufferSize(4 << 10);
            wire.send(GET);

            Wait.eventually(isOver::get);
            // What the kernel's buffers of four ends hold, and a piece of ours.
            assertThat(taken.get()).isLessThan(64L << 20);
            try (var other = edge.connect()) {
                assertThat(other.send(GET).head()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void aHeadOfAHundredMegabytesIsRefusedAfterItsFirstPiece() throws Exception {
        try (var app = Backend.saying("reached");
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            wire.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n");
            var field = "X-Long: " + "x".repeat(8_000) + "\r\n";
            try {
                for (int sent = 0; sent < 100 << 20; sent += field.length()) {
                    wire.send(field);
                }
            } catch (IOException e) {
                // It listens no longer; what it said before is there to read.
            }
            assertThat(
                            wire.socket.getInputStream().available() == 0
                                    ? 431
                                    : wire.message().status())
                    .isEqualTo(431);
            assertThat(app.connections).hasValue(0);
            assertThat(edge.get("/").body()).isEqualTo("reached");
        }
    }

    @Test
    void whoIsHereIsServedWhileTooManyComeAndWhoAsksNothingIsLetGo() throws Exception {
        var all = new ArrayList<Wire>();
        var release = new CountDownLatch(1);
        try (var app = new Backend(wire -> {
                    while (true) {
                        if (wire.message().head().startsWith("GET /held")) {
                            release.await();
                        }
                        wire.send(Backend.ok("reached"));
                    }
                });
                var edge = new Rig(folder, limits(5, 16)).serve(app);
                var here = edge.connect()) {
            here.send(GET.replace("GET /", "GET /held"));
            Wait.eventually(() -> edge.counts().inFlight() == 1);
            for (int i = 0; i < 64; i++) {
                all.add(edge.connect());
            }
            Wait.eventually(() -> edge.server.connections() <= 16);
            release.countDown();
            assertThat(here.message().body()).isEqualTo("reached");

            // Those that ask nothing are gone long before their usual time, and there is room again.
            Wait.eventually(() -> isServed(edge));
        } finally {
            for (var wire : all) {
                wire.close();
            }
        }
    }

    private static boolean isServed(Rig edge) {
        try {
            return edge.get("/").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aProtocolThatNobodyAskedForIsNotChangedTo() throws Exception {
        try (var app = new Backend(wire -> {
                    while (true) {
                        wire.message();
                        wire.send(
                                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
                                        + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong");
                    }
                });
                var edge = new Rig(folder).serve(app);
                var wire = edge.connect()) {
            assertThat(wire.send(GET).message().status()).isEqualTo(502);
        }
    }
}
