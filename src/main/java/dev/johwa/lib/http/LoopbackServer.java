package dev.johwa.lib.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/// A small HTTP server on 127.0.0.1 that answers every request alike: for fakes, not for users.
public final class LoopbackServer implements AutoCloseable {
    private final HttpServer server;

    /// @param port 0 takes a free one
    public LoopbackServer(int port, int status, String body) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Ends it, once requests that are being answered are over, or the grace is.
    public void stop(Duration grace) {
        server.stop((int) grace.toSeconds());
    }

    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
