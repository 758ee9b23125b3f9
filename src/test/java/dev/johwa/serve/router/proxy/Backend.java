package dev.johwa.serve.router.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that does with each connection what a test says.
final class Backend implements AutoCloseable {
    private final ServerSocket server;
    private final List<Wire> open = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();

    /// What happens on one connection.
    @FunctionalInterface
    interface Script {
        void play(Wire wire) throws Exception;
    }

    Backend(Script script) throws IOException {
        this(script, 0);
    }

    Backend(Script script, int port) throws IOException {
        this.server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                var wire = new Wire(server.accept());
                connections.incrementAndGet();
                open.add(wire);
                Thread.ofVirtual().start(() -> {
                    try (wire) {
                        script.play(wire);
                    } catch (Exception e) {
                        // The other side went away, or the test is over.
                    } finally {
                        open.remove(wire);
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    /// Answers every request on a connection with this text, and keeps the connection.
    static Backend saying(String text) throws IOException {
        return new Backend(wire -> {
            while (true) {
                wire.message();
                wire.send(ok(text));
            }
        });
    }

    /// Answers with the request as it came.
    static Backend echo() throws IOException {
        return new Backend(wire -> {
            while (true) {
                var request = wire.message();
                wire.send(ok(request.head() + request.body()));
            }
        });
    }

    static String ok(String text) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var wire : open) {
            wire.close();
        }
    }
}
