package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.text.Hmac;
import dev.johwa.source.host.played.PlayedGitHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No test: `bench/webhook` runs it. From a webhook that leaves its host to the run that it began, over many.
class WebhookBench {
    private static final int WARM = 5;
    private static final int TIMES = 25;

    @TempDir
    Path folder;

    private Platform platform;
    private PlayedGitHub hub;
    private Terminal terminal;

    @Test
    void measure() throws Exception {
        try (var started = new Platform();
                var played = new PlayedGitHub(folder.resolve("hub"), "acme/shop");
                var client = HttpClient.newHttpClient()) {
            platform = started;
            hub = played;
            terminal = new Terminal(platform, folder);
            hub.push("main", Map.of("index.html", "0"));
            connect();
            var millis = new ArrayList<Long>();
            for (int i = 1; i <= WARM + TIMES; i++) {
                long took = once(client, i);
                if (i > WARM) {
                    millis.add(took);
                }
            }
            millis.sort(Long::compare);
            System.out.println("webhook to run started, %d deliveries: median %d ms, p90 %d ms, most %d ms"
                    .formatted(TIMES, millis.get(TIMES / 2), millis.get(TIMES * 9 / 10), millis.getLast()));
        }
    }

    private void connect() {
        terminal.input = hub.token() + "\n";
        var code = terminal.johwa(
                "connect",
                hub.url(),
                "--with-token",
                "--webhook",
                platform.server().url());
        assertThat(code).as(terminal.err()).isZero();
        Wait.eventually(() -> isOver(1));
    }

    /// The host's own delivery is lost, so that this one alone rings, at a moment that is known.
    private long once(HttpClient client, int number) throws Exception {
        hub.loseNextWebhook();
        hub.push("main", Map.of("index.html", String.valueOf(number)));
        var body = ("{\"repository\":{\"full_name\":\"acme/shop\"},\"number\":" + number + "}")
                .getBytes(StandardCharsets.UTF_8);
        var secret = hub.hooks().getFirst().secret().orElseThrow();
        var signature = HexFormat.of().formatHex(Hmac.of(secret.getBytes(StandardCharsets.UTF_8), body));
        var request = HttpRequest.newBuilder(URI.create(hub.hooks().getFirst().url()))
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var left = Instant.now();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
        int run = number + 1;
        Wait.eventually(() -> isOver(run));
        terminal.johwa("run", "show", "shop", String.valueOf(run), "--json");
        var begun = Instant.parse(Json.tree(terminal.out()).path("startedAt").asString());
        return Duration.between(left, begun).toMillis();
    }

    private boolean isOver(int run) {
        terminal.johwa("run", "show", "shop", String.valueOf(run), "--json");
        return List.of("passed", "failed")
                .contains(Json.tree(terminal.out().isBlank() ? "{}" : terminal.out())
                        .path("state")
                        .asString(""));
    }
}
