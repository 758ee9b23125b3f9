package hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HelloServerTest {
    private HelloServer server;

    @BeforeEach
    void start() throws Exception {
        var greeting = new Greeting("Hello", Clock.systemUTC());
        server = HelloServer.start(new InetSocketAddress("127.0.0.1", 0), greeting);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsAPage() throws Exception {
        var answer = get("/");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("Hello, world!"), answer.body());
    }

    @Test
    void greetsOverTheApi() throws Exception {
        var answer = get("/api/hello?name=Ada%20%22L%22");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"message\":\"Hello, Ada \\\"L\\\"!"), answer.body());
    }

    @Test
    void tellsThatItIsHealthy() throws Exception {
        assertEquals(200, get("/healthz").statusCode());
    }

    @Test
    void knowsWhatItDoesNotHave() throws Exception {
        assertEquals(404, get("/nothing").statusCode());
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
