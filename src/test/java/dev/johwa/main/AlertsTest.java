package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an app promises its users without anybody having said so: an alert while it is broken, none when it is kept.
class AlertsTest {
    private static final String APP = """
            import http.server, os

            class Handler(http.server.BaseHTTPRequestHandler):
                protocol_version = 'HTTP/1.1'

                def do_GET(self):
                    self.send_response(500 if self.path == '/broken' else 200)
                    self.send_header('Content-Length', '0')
                    self.end_headers()

            http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
            """;

    @TempDir
    static Path home;

    private static LaterClock clock;
    private static Platform platform;
    private static Terminal terminal;

    @BeforeAll
    static void start() throws IOException {
        clock = new LaterClock();
        platform = new Platform(usual -> usual, clock);
        terminal = new Terminal(platform, home);
    }

    @AfterAll
    static void end() throws IOException {
        platform.close();
    }

    private static void ask(String path, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            platform.get("fragile.localhost", path);
        }
    }

    /// Figures are taken of what came until now, and looked at.
    private static void later(Duration time) {
        platform.server().minute();
        clock.advance(time);
        platform.server().minute();
    }

    @Test
    void aBrokenPromiseIsTold() throws Exception {
        var repository = platform.repository("fragile", "app.py", APP, "johwa.yaml", "slo: {latency: {within: 10s}}\n");
        platform.push(repository, "main");
        later(Duration.ofSeconds(11));
        ask("/", 20);
        later(Duration.ofSeconds(11));
        assertThat(terminal.johwa("alerts", "fragile")).isZero();
        assertThat(terminal.out()).contains("Nothing is wrong.", "99.5 % without an error", "99 % within 10 s");

        ask("/broken", 5);

        Wait.eventually(() -> {
            later(Duration.ofSeconds(11));
            return terminal.johwa("alerts", "fragile") == 1;
        });
        assertThat(terminal.out())
                .containsPattern("objectives +fragile: 5 of \\d+ requests failed in 1h, which uses the budget")
                .containsPattern("fragile +99.5 % without an error +\\d+ +5 +-5 +used \\d+\\.\\d times too fast");
        assertThat(terminal.johwa("alerts", "--json")).isEqualTo(1);
        assertThat(terminal.out()).contains("\"kind\" : \"objectives\"", "\"bad\" : 5");
        itIsAnIncidentForWhoSitsAtATerminal();
        itIsAnIncidentForWhoLooksAtPages();

        // It is over when it was kept for five minutes, and no longer burns.
        Wait.eventually(() -> {
            later(Duration.ofHours(2));
            return terminal.johwa("alerts") == 0;
        });
        assertThat(terminal.out()).contains("Nothing is wrong.");
    }

    private static void itIsAnIncidentForWhoSitsAtATerminal() {
        assertThat(terminal.johwa("incidents", "fragile")).isEqualTo(1);
        assertThat(terminal.out()).containsPattern("1 +open .*fragile: 5 of \\d+ requests failed");
        assertThat(terminal.johwa("incidents", "ack", "1")).isZero();
        assertThat(terminal.johwa("incidents", "silence", "1", "2h", "the disk is changed"))
                .isZero();
        assertThat(terminal.johwa("incidents", "silence", "1", "30s")).isNotZero();
        assertThat(terminal.err()).contains("a silence of 30.0 s cannot be");
        assertThat(terminal.johwa("incidents", "show", "1")).isZero();
        assertThat(terminal.out()).contains("takes care of it", "silenced it for 120 minutes: the disk is changed");
    }

    private static void itIsAnIncidentForWhoLooksAtPages() throws Exception {
        try (var client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            send(client, "/login", "token=" + platform.token());
            assertThat(get(client, "/fragile/incidents")).contains("fragile/incidents/1\"", "장애");
            var page = get(client, "/fragile/incidents/1");
            assertThat(page)
                    .contains("the disk is changed", "끝내기", "owner 님이 맡음")
                    .doesNotContain("takes care of it");
            var form = "form=" + page.replaceAll("(?s).*?name=\"form\" value=\"([0-9a-f]+)\".*", "$1");
            var unknown = send(client, "/fragile/incidents/1", form + "&act=");
            assertThat(unknown.statusCode()).isEqualTo(422);
            assertThat(unknown.body()).contains("nothing that one does with an incident");
            assertThat(send(client, "/fragile/incidents/1", form + "&act=resolve&reason=new+disk")
                            .statusCode())
                    .isEqualTo(303);
            assertThat(get(client, "/fragile/incidents/1")).contains("new disk").doesNotContain("끝내기");
            assertThat(send(client, "/fragile/incidents/1", form + "&act=resolve")
                            .body())
                    .contains("이미 끝난 장애예요");
        }
        assertThat(terminal.johwa("incidents")).isZero();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(platform.server().url() + path))
                .header("Accept-Language", "ko")
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private static String get(HttpClient client, String path) throws Exception {
        var answer = client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> send(HttpClient client, String path, String form) throws Exception {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(form)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
