package dev.johwa.serve.router.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.router.Part;
import dev.johwa.serve.router.RoutingTable;
import dev.johwa.serve.router.RoutingTable.Endpoint;
import dev.johwa.serve.router.RoutingTable.Instances;
import dev.johwa.serve.router.RoutingTable.Route;
import dev.johwa.serve.router.RoutingTable.Tls;
import dev.johwa.serve.router.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Proxies before the edge, whose word of their clients is believed, and strangers, whose is not.
class ProxiesTest {
    private static final List<String> HERE = List.of("127.0.0.1", "192.0.2.0/24");
    private static final Terms TEAM = new Terms(
            "", 0, List.of("10.0.0.0/8"), List.of("/team"), "", List.of(), List.of(), 0, 0, Map.of(), "", List.of());

    @TempDir
    Path folder;

    private Backend app;
    private Rig edge;
    private long version;

    @BeforeEach
    void open() throws IOException {
        app = Backend.echo();
        edge = new Rig(folder);
    }

    @AfterEach
    void close() throws Exception {
        edge.close();
        app.close();
    }

    private void behind(List<String> proxies) {
        var there = new Instances(List.of(new Endpoint("i", app.address())), "");
        var route = new Route(
                List.of("app.localhost", "secured.localhost"), "/", "app", "production", 1, there, TEAM, Part.WHOLE);
        var tls = new Tls(List.of(), Set.of("secured.localhost"), 443, 0, Map.of(), List.of());
        edge.tables.apply(new RoutingTable(++version, List.of(route), tls).behind(proxies));
    }

    private Wire.Message ask(String host, String path, String... fields) throws IOException {
        return edge.ask(request(host, path, fields));
    }

    private static String request(String host, String path, String... fields) {
        var all = String.join("\r\n", fields) + (fields.length == 0 ? "" : "\r\n");
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + all + "\r\n";
    }

    private String asker(String... fields) throws IOException {
        return ask("app.localhost", "/", fields)
                .body()
                .lines()
                .filter(line -> line.startsWith("X-Forwarded-For: "))
                .map(line -> line.substring("X-Forwarded-For: ".length()))
                .toList()
                .toString();
    }

    @Test
    void whatAProxySaysOfItsClientIsBelievedByAppsListsAndLogs() throws Exception {
        behind(HERE);
        var told = ask("app.localhost", "/team", "X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: https");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body())
                .contains("X-Forwarded-For: 10.1.2.3", "X-Real-Ip: 10.1.2.3", "X-Forwarded-Proto: https")
                .contains("Forwarded: for=10.1.2.3;host=\"app.localhost\";proto=https");
        assertThat(ask("app.localhost", "/team").status()).isEqualTo(403);
        assertThat(ask("secured.localhost", "/").status()).isEqualTo(301);
        assertThat(ask("secured.localhost", "/", "X-Forwarded-Proto: https").status())
                .isEqualTo(200);
        edge.log.close();
        Rig.await("the log", () -> log().contains("10.1.2.3 - - ["));
    }

    private String log() {
        try {
            var file = folder.resolve("access.log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void ofSeveralTheLastThatIsNoProxyCounts() throws Exception {
        behind(HERE);
        assertThat(asker()).isEqualTo("[127.0.0.1]");
        assertThat(asker("X-Forwarded-For: 10.9.9.9, 203.0.113.7"))
                .as("the first is the client's own invention")
                .isEqualTo("[203.0.113.7]");
        assertThat(asker("X-Forwarded-For: 10.9.9.9", "x-forwarded-for: 203.0.113.7,192.0.2.4"))
                .isEqualTo("[203.0.113.7]");
        assertThat(asker("X-Forwarded-For: 192.0.2.9, 192.0.2.4")).isEqualTo("[192.0.2.9]");
        assertThat(asker("X-Forwarded-For: 203.0.113.7:4711")).isEqualTo("[203.0.113.7]");
        assertThat(asker("X-Forwarded-For: [2001:db8::1]:443")).isEqualTo("[2001:db8:0:0:0:0:0:1]");
        assertThat(asker("X-Forwarded-For: 2001:db8::1")).isEqualTo("[2001:db8:0:0:0:0:0:1]");
        for (var none : List.of("unknown", "", "10.1.2", "shop.example.com", "fe80::1%lo", "[::1", ",,", "1.2.3.4:x")) {
            assertThat(asker("X-Forwarded-For: 10.1.2.3, " + none)).as(none).isEqualTo("[127.0.0.1]");
        }
        assertThat(asker("X-Forwarded-For: " + "192.0.2.1,".repeat(700) + "192.0.2.2"))
                .isEqualTo("[192.0.2.1]");
    }

    @Test
    void clientsOfOneConnectionAreToldApart() throws Exception {
        behind(HERE);
        try (var wire = edge.connect()) {
            for (var client : List.of("10.1.2.3", "203.0.113.7", "10.1.2.3")) {
                var told = wire.send(request("app.localhost", "/", "X-Forwarded-For: " + client))
                        .message();
                assertThat(told.body()).contains("X-Forwarded-For: " + client + "\r\n");
            }
            assertThat(wire.send(request("app.localhost", "/")).message().body())
                    .contains("X-Forwarded-For: 127.0.0.1\r\n");
        }
    }

    @Test
    void whatStrangersSayIsReplaced() throws Exception {
        for (var proxies : List.of(List.<String>of(), List.of("192.0.2.0/24"))) {
            behind(proxies);
            var told = ask("app.localhost", "/", "X-Forwarded-For: 10.1.2.3", "X-Forwarded-Proto: https");
            assertThat(told.body())
                    .contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http\r\n")
                    .doesNotContain("10.1.2.3");
            assertThat(ask("app.localhost", "/team", "X-Forwarded-For: 10.1.2.3")
                            .status())
                    .isEqualTo(403);
            assertThat(ask("secured.localhost", "/", "X-Forwarded-Proto: https").status())
                    .isEqualTo(301);
        }
    }
}
