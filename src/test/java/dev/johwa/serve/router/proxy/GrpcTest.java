package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.TestCertificate;
import dev.johwa.Tools;
import dev.johwa.lib.http.Probe;
import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Certificate;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// gRPC through the edge, by the server and client of gRPC's own tutorial: single calls, streams from either side, and
/// both at once.
class GrpcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Probe probe = new Probe();
    private Rig edge;
    private TestCertificate own;
    private Process server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        edge = new Rig(folder);
        edge.server.secure(OptionalInt.empty(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        own = TestCertificate.make(folder, "own", "EC", "localhost");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        address = "127.0.0.1:" + port;
        server = new ProcessBuilder(Tools.find("../route-guide/server"), "-port", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.txt").toFile())
                .start();
        Rig.await("the server listens", () -> probe.connects(address, PATIENCE));
        var tls = new Tls(
                List.of(new Certificate(
                        List.of(), own.chain().toString(), own.key().toString())),
                Set.of(),
                8443,
                0,
                Map.of(),
                List.of());
        var there = new Instances(List.of(new Endpoint("one", address)), "");
        edge.tables.apply(new RoutingTable(
                1,
                List.of(new Route(List.of("localhost"), "/", "guide", "production", 1, there, Terms.NONE, Part.WHOLE)),
                tls));
    }

    @AfterEach
    void end() {
        server.destroyForcibly();
        edge.close();
        probe.close();
    }

    private String client(String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Tools.find("../route-guide/client")));
        command.addAll(List.of(more));
        var output = folder.resolve("client.txt");
        var running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(running.waitFor(1, TimeUnit.MINUTES)).isTrue();
        var text = Files.readString(output);
        assertThat(running.exitValue()).as(text).isZero();
        return text;
    }

    private void assertWhole(String said) {
        assertThat(said)
                .contains("Getting feature for point (409146138, -746188906)")
                .contains("Berkshire Valley Management Area Trail")
                .contains("Looking for features within")
                .contains("Route summary")
                .contains("Got message Sixth message at point");
    }

    @Test
    void callsAndStreamsPassPlainAndEncrypted() throws Exception {
        assertWhole(client("-addr", "localhost:" + edge.server.address().getPort()));
        var secure = edge.server.secureAddress().orElseThrow().getPort();
        assertWhole(client(
                "-tls",
                "-ca_file",
                own.chain().toString(),
                "-server_host_override",
                "localhost",
                "-addr",
                "localhost:" + secure));
        assertThat(edge.tables.inFlight(Set.of("one"))).isZero();
    }

    @Test
    void whoAsksByHttpIsToldAndTheServerIsTakenForWell() throws Exception {
        assertThat(probe.get(address, "localhost", "/", PATIENCE)).isEqualTo(new Probe.Answer.Frames());
        var told = edge.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(told.status()).isEqualTo(415);
        assertThat(told.body()).contains("guide answers calls of gRPC only");
    }

    @Test
    void aServerThatDiesIsUnavailableToItsClientsAndAnswersWhenItIsBack() throws Exception {
        assertWhole(client("-addr", "localhost:" + edge.server.address().getPort()));
        server.destroyForcibly().waitFor();
        var failed = new ProcessBuilder(
                        Tools.find("../route-guide/client"),
                        "-addr",
                        "localhost:" + edge.server.address().getPort())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(failed.getInputStream().readAllBytes())).contains("Unavailable");
        server = new ProcessBuilder(
                        Tools.find("../route-guide/server"), "-port", address.substring(address.indexOf(':') + 1))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.txt").toFile())
                .start();
        Rig.await("the server is known to listen", () -> edge.health.contains("one true"));
        assertWhole(client("-addr", "localhost:" + edge.server.address().getPort()));
    }
}
