package dev.johwa.watch.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A receiver of webhooks on this machine that keeps what it gets and answers as it is told.
final class Hook implements AutoCloseable {
    private final HttpServer server;
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile Map<String, String> fields = Map.of();
    private volatile CountDownLatch hold = new CountDownLatch(0);

    /// @param headers by their names in lower case
    record Got(Map<String, String> headers, String body) {
        JsonNode json() {
            return Json.tree(body);
        }

        String type() {
            return json().path("type").asString();
        }

        String id() {
            return headers.get("webhook-id");
        }
    }

    Hook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(new Got(headers, body));
            hold.await();
            fields.forEach(exchange.getResponseHeaders()::add);
            var said = ("said " + status).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, said.length);
            exchange.getResponseBody().write(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What it answers from now on.
    void answer(int with, Map<String, String> more) {
        status = with;
        fields = more;
    }

    /// It answers nothing until the latch is open.
    void hold(CountDownLatch until) {
        hold = until;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    List<Got> got() {
        return got;
    }

    List<String> types() {
        return got.stream().map(Got::type).toList();
    }

    @Override
    public void close() {
        hold.countDown();
        server.stop(0);
    }
}
