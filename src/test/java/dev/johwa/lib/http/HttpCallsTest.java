package dev.johwa.lib.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.johwa.TestCertificate;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names under `.invalid` lead nowhere: whoever answers was reached by the address that was chosen.
class HttpCallsTest {
    @TempDir
    Path folder;

    /// It answers with the name that it was asked by, and with what.
    private static HttpServer started(HttpServer server) {
        server.createContext("/", exchange -> {
            try (exchange) {
                var said = (exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI())
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, said.length);
                exchange.getResponseBody().write(said);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static InetSocketAddress anywhere() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String said(HttpCalls calls, String uri) {
        var call = new HttpCalls.Call("GET", URI.create(uri), Map.of(), new byte[0], Duration.ofSeconds(20));
        return new String(calls.send(call).body(), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyThatStandsStillIsNotWaitedForWithoutEnd() throws Exception {
        var server = HttpServer.create(anywhere(), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().flush();
        });
        server.start();
        var place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        var call = new HttpCalls.Call("GET", place, Map.of(), new byte[0], Duration.ofSeconds(20));
        try (var calls = new HttpCalls(place).within(Duration.ofMillis(300));
                var answer = calls.open(call)) {
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCallGoesWhereItWasSaidToGoAndIsAskedByItsName() throws Exception {
        var server = started(HttpServer.create(anywhere(), 0));
        var place = "shop.invalid:" + server.getAddress().getPort();
        try (var calls = new HttpCalls(URI.create("http://" + place), host -> {
            assertThat(host).isEqualTo("shop.invalid");
            return "127.0.0.1";
        })) {
            assertThat(said(calls, "http://" + place + "/a%20b?c=%2F")).isEqualTo(place + " /a%20b?c=%2F");
            assertThat(said(calls, "http://" + place)).isEqualTo(place + " /");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCallThatMayGoNowhereIsNotMade() {
        HttpCalls.Way closed = host -> {
            throw Problem.user("test.closed", host + " is closed").exception();
        };
        try (var calls = new HttpCalls(URI.create("http://shop.invalid"), closed)) {
            assertThatThrownBy(() -> said(calls, "http://shop.invalid/"))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("shop.invalid is closed");
        }
    }

    private static HttpCalls pinned(TestCertificate trusted, String place) {
        return new HttpCalls(
                URI.create("https://" + place), Optional.of(trusted.chain()), Optional.of(host -> "127.0.0.1"));
    }

    @Test
    void aCertificateMustHaveTheNameAndNotTheAddress() throws Exception {
        var good = TestCertificate.make(folder, "good", "EC", "shop.invalid", "*.shop.invalid", "127.0.0.1");
        var server = HttpsServer.create(anywhere(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(good.serving()));
        started(server);
        int port = server.getAddress().getPort();
        try (var calls = pinned(good, "shop.invalid:" + port);
                var below = pinned(good, "www.shop.invalid:" + port)) {
            assertThat(said(calls, "https://shop.invalid:" + port + "/")).isEqualTo("shop.invalid:" + port + " /");
            assertThat(said(below, "https://www.shop.invalid:" + port + "/")).startsWith("www.shop.invalid:");
        }
        try (var calls = pinned(good, "other.invalid:" + port)) {
            // Its number is in the certificate, which would be enough for who was given no name.
            assertThatThrownBy(() -> said(calls, "https://other.invalid:" + port + "/"))
                    .hasMessageContaining("none of other.invalid, but of [shop.invalid, *.shop.invalid, 127.0.0.1]");
        } finally {
            server.stop(0);
        }
    }
}
