package hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Answers over HTTP: a page at /, JSON at /api/hello, and /healthz for whoever watches. */
public final class HelloServer {
    private final HttpServer server;
    private final ExecutorService threads;
    private final Greeting greeting;

    private HelloServer(HttpServer server, ExecutorService threads, Greeting greeting) {
        this.server = server;
        this.threads = threads;
        this.greeting = greeting;
    }

    public static HelloServer start(InetSocketAddress address, Greeting greeting) throws IOException {
        var threads = Executors.newCachedThreadPool();
        var hello = new HelloServer(HttpServer.create(address, 0), threads, greeting);
        hello.server.setExecutor(threads);
        hello.server.createContext("/", hello::page);
        hello.server.createContext("/api/hello", hello::api);
        hello.server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ok\n"));
        hello.server.start();
        return hello;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Takes no new requests, and gives those under way so long to end. */
    public void stop(int seconds) {
        server.stop(seconds);
        threads.shutdown();
    }

    private void page(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, "text/plain", "There is nothing here.\n");
            return;
        }
        answer(exchange, 200, "text/html", "<!doctype html><title>Hello</title><h1>" + greeting.to("") + "</h1>\n");
    }

    private void api(HttpExchange exchange) throws IOException {
        try {
            var text = greeting.to(name(exchange.getRequestURI().getRawQuery()));
            answer(exchange, 200, "application/json", "{\"message\":\"" + escaped(text) + "\"}\n");
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, "application/json", "{\"error\":\"" + escaped(e.getMessage()) + "\"}\n");
        }
    }

    private static String name(String query) {
        if (query != null && query.startsWith("name=")) {
            return URLDecoder.decode(query.substring("name=".length()), UTF_8);
        }
        return "";
    }

    private static String escaped(String text) {
        var json = new StringBuilder();
        for (char letter : text.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < ' ') {
                json.append(String.format("\\u%04x", (int) letter));
            } else {
                json.append(letter);
            }
        }
        return json.toString();
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
