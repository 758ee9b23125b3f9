package dev.johwa.source.host.played;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// Sends webhooks, signed, one after the other and after the fact, as a host does; each is held to its description.
final class Deliveries implements AutoCloseable {
    /// GitHub gives a receiver ten seconds.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Description description;
    private final Consumer<String> mismatch;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final List<Seen.Delivery> sent = new ArrayList<>();
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong(5_000);

    /// What is told.
    ///
    /// @param described the description's name for it
    record Event(String name, String described, JsonNode body) {}

    Deliveries(Description description, Consumer<String> mismatch) {
        this.description = description;
        this.mismatch = mismatch;
    }

    /// @param anyway also to hooks that have not asked for it
    void send(List<Seen.Hook> hooks, Event event, boolean anyway) {
        description
                .webhook(event.described(), event.body())
                .forEach(wrong -> mismatch.accept("webhook " + event.described() + ": " + wrong));
        for (var hook : hooks) {
            var asked = hook.events().contains(event.name()) || hook.events().contains("*");
            if (hook.active() && (asked || anyway)) {
                var body = Json.bytes(event.body());
                deliver(event.name(), hook, headers(event.name(), hook, body), body);
            }
        }
    }

    /// The same message once more, under the same id.
    void again(Seen.Delivery delivery) {
        deliver(delivery.event(), delivery.hook(), delivery.headers(), delivery.body());
    }

    void loseNext() {
        toLose.incrementAndGet();
    }

    private static Map<String, String> headers(String event, Seen.Hook hook, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", "GitHub-Hookshot/044aadd");
        headers.put("Content-Type", "application/json");
        headers.put("X-GitHub-Event", event);
        headers.put("X-GitHub-Delivery", UUID.randomUUID().toString());
        headers.put("X-GitHub-Hook-ID", String.valueOf(hook.id()));
        headers.put("X-GitHub-Hook-Installation-Target-ID", "1296269");
        headers.put("X-GitHub-Hook-Installation-Target-Type", "repository");
        hook.secret().ifPresent(secret -> headers.put("X-Hub-Signature-256", "sha256=" + hmac(secret, body)));
        return headers;
    }

    static String hmac(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void deliver(String event, Seen.Hook hook, Map<String, String> headers, byte[] body) {
        var lost = toLose.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
        sender.execute(() -> {
            int status = lost ? 0 : post(hook, headers, body);
            synchronized (sent) {
                sent.add(new Seen.Delivery(ids.incrementAndGet(), event, hook, headers, body, status));
            }
        });
    }

    private int post(Seen.Hook hook, Map<String, String> headers, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(hook.url()))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    List<Seen.Delivery> all() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
