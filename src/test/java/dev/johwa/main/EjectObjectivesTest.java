package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.Typed;
import dev.johwa.door.api.AlertList;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Objectives in rules that `johwa eject` writes: those that the server's own alerts go by.
class EjectObjectivesTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private Typed typed;

    @BeforeEach
    void serve() throws IOException {
        typed = new Typed(folder, OwnVerbs.all());
        Files.writeString(folder.resolve("index.html"), "hello");
        var lived = new AlertList(
                List.of(),
                List.of(
                        objective("availability", 0.999, Optional.empty()),
                        objective("latency", 0.99, Optional.of(0.25))),
                "none");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/alerts", exchange -> {
            try (exchange) {
                boolean isAsked = ("name=" + folder.getFileName())
                        .equals(exchange.getRequestURI().getQuery());
                var body = Json.bytes(lived);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(isAsked ? 200 : 404, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    private AlertList.Objective objective(String kind, double target, Optional<Double> within) {
        var name = folder.getFileName().toString();
        return new AlertList.Objective(name, "production", kind, "", target, within, 90_000, 3, 87, Optional.empty());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String rules() throws IOException {
        assertThat(typed.johwa(
                        "eject",
                        ".",
                        "--to",
                        "prometheus",
                        "--force",
                        "--server",
                        "http://127.0.0.1:" + server.getAddress().getPort()))
                .as(typed.err())
                .isZero();
        return Files.readString(folder.resolve("prometheus/johwa.rules.yml"));
    }

    @Test
    void areThoseThatTheServerReadsFromItsHistory() throws Exception {
        assertThat(rules())
                .contains("vector(0.999)", "le=~\\\"0\\\\\\\\.25\\\"")
                .doesNotContain("vector(0.995)");
        assertThat(typed.err()).contains("are as http://127.0.0.1:", "last thirty days");
    }

    @Test
    void areThoseOfJohwaYamlWhereItSaysThem() throws Exception {
        Files.writeString(folder.resolve("johwa.yaml"), "slo: {availability: 99, latency: {within: 2s}}\n");
        assertThat(rules()).contains("vector(0.99)").doesNotContain("vector(0.999)", "le=~\\\"0");
    }

    @Test
    void areTheUsualOnesWhereNoServerAnswers() throws Exception {
        server.removeContext("/api/v1/alerts");
        assertThat(rules()).contains("vector(0.995)");
        assertThat(typed.err()).contains("are the usual ones: ");
    }
}
