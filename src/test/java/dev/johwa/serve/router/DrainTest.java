package dev.johwa.serve.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.task.Tasks;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What never ends by itself gets a limit when its instance is drained, and then its end.
class DrainTest {
    private static final Duration LIMIT = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final Tasks tasks = new Tasks();
    private ServerSocket instance;
    private Edge edge;

    @BeforeEach
    void start() throws IOException {
        instance = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        edge = Edges.start(settings(), new SystemClock(), tasks);
        var endpoint = new Endpoint("old", "127.0.0.1:" + instance.getLocalPort());
        edge.apply(new RoutingTable(
                1,
                List.of(new Route(
                        List.of("app.localhost"),
                        "/",
                        "app",
                        "production",
                        1,
                        new Instances(List.of(endpoint), ""),
                        Terms.NONE,
                        Part.WHOLE))));
    }

    private EdgeSettings settings() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        return new EdgeSettings(
                folder.resolve("run"),
                folder.resolve("logs"),
                new InetSocketAddress("127.0.0.1", 0),
                List.of(java, "-XX:TieredStopAtLevel=1", "-cp", classes, "dev.johwa.main.Main", "edge"));
    }

    @AfterEach
    void end() throws IOException {
        edge.shutDown();
        tasks.close();
        instance.close();
    }

    /// Answers each connection with these bytes, and leaves it open.
    private void answer(String head) {
        var _ = tasks.run("instance", () -> {
            try {
                while (true) {
                    var socket = instance.accept();
                    var _ = socket.getInputStream().read(new byte[4096]);
                    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
    }

    private Socket ask(String extra) throws IOException {
        int colon = edge.address().lastIndexOf(':');
        var socket = new Socket("127.0.0.1", Integer.parseInt(edge.address().substring(colon + 1)));
        socket.setSoTimeout(20_000);
        var request = "GET / HTTP/1.1\r\nHost: app.localhost\r\n" + extra + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readUntil(Socket socket, String text) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after '" + read + "'").isNotEqualTo(-1);
            read.append((char) next);
        }
        return read.toString();
    }

    private void requireCutAfterTheLimit(Socket socket) throws IOException {
        long start = System.nanoTime();
        assertThat(edge.drain(Set.of("old"), LIMIT)).isEqualTo(1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(LIMIT.toNanos() * 9 / 10);
        assertThat(socket.getInputStream().readAllBytes().length).isLessThan(200);
    }

    @Test
    void aStreamIsCutAfterTheLimit() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "d\r\ndata: first\n\n\r\n");
        try (var socket = ask("")) {
            readUntil(socket, "data: first");
            requireCutAfterTheLimit(socket);
        }
    }

    @Test
    void aWebSocketIsCutAfterTheLimit() throws IOException {
        answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        try (var socket = ask("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")) {
            assertThat(readUntil(socket, "\r\n\r\n")).contains("101");
            requireCutAfterTheLimit(socket);
        }
    }
}
