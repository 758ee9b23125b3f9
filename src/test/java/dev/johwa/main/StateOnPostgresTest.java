package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.johwa.RealPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The main job with the state in a PostgreSQL that crashes in the middle of it.
class StateOnPostgresTest {
    /// What a test step asks for before it passes.
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch may = new CountDownLatch(1);

    private HttpServer gate() throws IOException {
        var gate = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        gate.createContext("/", exchange -> {
            asked.countDown();
            await(may);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        gate.setExecutor(Thread::startVirtualThread);
        gate.start();
        return gate;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(2, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String manifest(String test) {
        return "{\"scripts\": {\"test\": \"" + test + "\", \"build\": \"true\"}}";
    }

    private static String ready(UpProcess up) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(up.ready().url() + "/readyz"));
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPushGoesOnWhenItsDatabaseCrashesAndComesBack() throws Exception {
        var gate = gate();
        try (var postgres = new RealPostgres();
                var up = new UpProcess(Map.of("JOHWA_STATE", postgres.address()))) {
            var repository = up.repository("shop", "index.html", "one", "package.json", manifest("true"));
            assertThat(up.push(repository, "main")).contains("live");
            var ask = "node -e \\\"fetch('http://127.0.0.1:" + gate.getAddress().getPort() + "/')\\\"";
            up.commit(repository, "index.html", "two", "package.json", manifest(ask));
            var push = CompletableFuture.supplyAsync(() -> up.push(repository, "main"));
            await(asked);

            postgres.stop();

            eventually(() -> ready(up).startsWith("503"));
            assertThat(ready(up)).contains("is away for");
            assertThat(up.ask("shop", "/")).isEqualTo("200 one");
            assertThat(up.push(repository, "main:other")).contains("database that keeps the platform's state is away");
            may.countDown();
            postgres.start();
            assertThat(push.get(2, TimeUnit.MINUTES)).contains("live");
            assertThat(up.ask("shop", "/")).isEqualTo("200 two");

            up.kill();
            up.start();
            assertThat(up.client().runs(Optional.of("shop"), 10).runs())
                    .hasSize(2)
                    .allMatch(run -> run.isOver());
            assertThat(Files.exists(up.data().resolve("johwa.db"))).isFalse();
            up.commit(repository, "index.html", "three", "package.json", manifest("true"));
            assertThat(up.push(repository, "main")).contains("live");
            assertThat(up.ask("shop", "/")).isEqualTo("200 three");
        } finally {
            may.countDown();
            gate.stop(0);
        }
    }
}
