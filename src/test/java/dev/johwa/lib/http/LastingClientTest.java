package dev.johwa.lib.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LastingClientTest {
    private final AtomicBoolean isShort = new AtomicBoolean();

    /// As Java's own threads are when the machine has no more of them.
    private void run(Runnable work) {
        if (isShort.get()) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        Thread.ofVirtual().start(work);
    }

    @Test
    void asksAgainWhenTheMachineHasThreadsAgain() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (var client = new LastingClient(HttpClient.newBuilder(), this::run)) {
            var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            var request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            assertThat(client.get().send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
            var first = client.get();
            isShort.set(true);
            assertThatThrownBy(() -> first.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);
            isShort.set(false);
            assertThat(first.awaitTermination(Duration.ofSeconds(10))).isTrue();

            assertThat(client.get().send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
        } finally {
            server.stop(0);
        }
    }
}
