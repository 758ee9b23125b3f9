package dev.johwa.source.host.played;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/// A port of this machine that can be closed and opened again.
final class Listener implements AutoCloseable {
    private static final String JSON = "application/json; charset=utf-8";

    interface Exchange {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final Exchange exchanges;
    private final int port;
    private Optional<HttpServer> server = Optional.empty();

    Listener(Exchange exchanges) {
        this.exchanges = exchanges;
        port = open(0);
    }

    private int open(int wanted) {
        try {
            var opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            opened.createContext("/", exchange -> {
                try (exchange) {
                    exchanges.answer(exchange);
                }
            });
            opened.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            opened.start();
            server = Optional.of(opened);
            return opened.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    void open() {
        if (server.isEmpty()) {
            open(port);
        }
    }

    @Override
    public void close() {
        server.ifPresent(opened -> opened.stop(0));
        server = Optional.empty();
    }

    /// @param path of the API's own
    static Call call(HttpExchange exchange, String path) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        var bytes = exchange.getRequestBody().readAllBytes();
        return new Call(exchange.getRequestMethod(), path, query(exchange), headers, body(bytes));
    }

    private static Optional<JsonNode> body(byte[] bytes) {
        try {
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(Json.tree(new String(bytes, StandardCharsets.UTF_8)));
        } catch (ProblemException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        var raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (var each : raw.split("&")) {
            var equals = each.indexOf('=');
            if (equals > 0) {
                query.put(
                        each.substring(0, equals),
                        URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var bytes = answer.body().map(Json::bytes).orElse(new byte[0]);
        if (bytes.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", JSON);
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
