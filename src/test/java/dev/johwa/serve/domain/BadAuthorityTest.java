package dev.johwa.serve.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.johwa.Kept;
import dev.johwa.lib.clock.FakeClock;
import dev.johwa.lib.db.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An authority that limits, refuses, talks nonsense or comes to no end: what is told, and when it is asked again. Each
/// answer has the form of RFC 8555.
class BadAuthorityTest {
    private static final String SHOP = "shop.example.com";
    private static final String PROBLEM = """
            {"type": "urn:ietf:params:acme:error:%s", "detail": "%s"}""";

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private final CountDownLatch end = new CountDownLatch(1);
    private Database database;
    private HttpServer server;
    private Orders orders;

    /// How it answers an order.
    private interface Answer {
        void to(HttpExchange order) throws IOException;
    }

    @BeforeEach
    void open() {
        database = Kept.ofTests().open(folder);
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
        database.close();
    }

    private static void say(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Replay-Nonce", "abcdefgh" + System.nanoTime());
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int status, String type, String why) throws IOException {
        say(exchange, status, "application/problem+json", PROBLEM.formatted(type, why));
    }

    /// Everything goes well with it until somebody orders.
    private void authority(Duration longest, Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/dir", exchange -> say(exchange, 200, "application/json", """
                {"newNonce": "%1$s/nonce", "newAccount": "%1$s/account", "newOrder": "%1$s/order",
                "revokeCert": "%1$s/revoke", "keyChange": "%1$s/key"}""".formatted(base)));
        server.createContext("/nonce", exchange -> say(exchange, 200, "application/json", ""));
        server.createContext("/account", exchange -> {
            exchange.getResponseHeaders().set("Location", base + "/account/1");
            say(exchange, 201, "application/json", "{\"status\": \"valid\"}");
        });
        server.createContext("/order", answer::to);
        server.start();
        var settings = new DomainSettings(
                folder.resolve("tls"),
                "apps.example.org",
                "johwa.apps.example.org",
                Duration.ZERO,
                Optional.of(base + "/dir"),
                Optional.empty(),
                Optional.empty());
        var files = new CertificateFiles(settings.folder(), clock);
        orders = new Orders(
                Optional.of(new Authority(base + "/dir", settings, longest)),
                new DomainStore(database),
                files,
                new OpenQuestions(files, () -> {}),
                clock);
    }

    private Held asked() throws InterruptedException {
        assertThat(orders.place(List.of(new Orders.Wish(SHOP, Optional.empty()))))
                .isFalse();
        return new DomainStore(database).held(SHOP);
    }

    @Test
    void oneThatGivesNoMoreIsAskedAgainWhenItSaysSo() throws Exception {
        authority(Duration.ofMinutes(1), order -> {
            order.getResponseHeaders().set("Retry-After", "7200");
            refuse(order, 429, "rateLimited", "too many certificates already issued for example.com");
        });
        var held = asked();
        assertThat(held.told(clock.now()).orElseThrow())
                .contains("gives no more for now", "too many certificates already issued", "next try at ");
        // It counts from its own now, to the second.
        assertThat(held.nextTry())
                .isBetween(clock.now().plusSeconds(7100), Instant.now().plusSeconds(7210));
        assertThat(orders.isDue(SHOP)).isFalse();
        clock.advance(Duration.ofSeconds(7300));
        assertThat(orders.isDue(SHOP)).isTrue();
    }

    @Test
    void whatItRefusesIsToldInItsWords() throws Exception {
        authority(
                Duration.ofMinutes(1),
                order -> refuse(order, 400, "rejectedIdentifier", "this name may have no certificate"));
        assertThat(asked().told(clock.now()).orElseThrow())
                .contains("gave no certificate for " + SHOP, "this name may have no certificate");
    }

    @Test
    void nonsenseIsItsFaultAndNotOurs() throws Exception {
        authority(Duration.ofMinutes(1), order -> say(order, 201, "text/html", "<html>502 Bad Gateway</html>"));
        var held = asked();
        assertThat(held.told(clock.now()).orElseThrow()).contains("gave no certificate for " + SHOP);
        assertThat(held.nextTry()).isEqualTo(clock.now().plusSeconds(60));
    }

    @Test
    void anAnswerThatComesToNoEndIsGivenUpAndOthersGetTheirTurn() throws Exception {
        authority(Duration.ofMillis(700), order -> {
            order.getResponseHeaders().set("Content-Type", "application/json");
            order.getResponseHeaders().set("Location", "http://127.0.0.1:1/order/1");
            order.sendResponseHeaders(201, 1000);
            order.getResponseBody().write('{');
            order.getResponseBody().flush();
            awaitEnd();
        });
        assertThat(asked().told(clock.now()).orElseThrow()).contains("did not come to an end within 0.70 s");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void oneThatNeverAnswersIsGivenUpToo() throws Exception {
        authority(Duration.ofMillis(700), order -> awaitEnd());
        assertThat(asked().told(clock.now()).orElseThrow()).contains("did not come to an end within 0.70 s");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aServerThatEndsMeanwhileHoldsNothingAgainstIt() throws Exception {
        var ordering = Thread.currentThread();
        authority(Duration.ofMinutes(1), order -> {
            ordering.interrupt();
            awaitEnd();
        });
        assertThatThrownBy(this::asked).isInstanceOf(InterruptedException.class);
        assertThat(new DomainStore(database).held(SHOP)).isEqualTo(Held.nothing(SHOP));
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
