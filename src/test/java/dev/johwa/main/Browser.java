package dev.johwa.main;

import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A real Chromium without a window, driven by its own protocol (CDP), with one page.
final class Browser implements AutoCloseable {
    private static final String LISTENS = "DevTools listening on ";
    private static final int SECONDS = 30;

    private final Path profile = Files.createTempDirectory("johwa-browser");
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Process process;
    private final WebSocket socket;
    private final String session;

    Browser() throws IOException {
        process = new ProcessBuilder(
                        Tools.find("chromium"),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Listener())
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
        var target = ask("", "Target.createTarget", Map.of("url", "about:blank"));
        session = ask(
                        "",
                        "Target.attachToTarget",
                        Map.of("targetId", target.get("targetId").asString(), "flatten", true))
                .get("sessionId")
                .asString();
        for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
            ask(domain + ".enable", Map.of());
        }
    }

    private String address() throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENS)) {
                Thread.startVirtualThread(() -> lines.lines().forEach(each -> {}));
                return line.substring(LISTENS.length());
            }
        }
        throw new IOException("chromium did not start");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                heard(Json.tree(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    private void heard(JsonNode message) {
        if (message.has("id")) {
            var answer = asked.remove(message.get("id").asInt());
            if (message.has("error")) {
                answer.completeExceptionally(new AssertionError(message.toString()));
            } else {
                answer.complete(message.get("result"));
            }
            return;
        }
        var method = message.get("method").asString();
        var params = message.get("params");
        switch (method) {
            case "Runtime.consoleAPICalled", "Runtime.exceptionThrown" -> said.add(params.toString());
            case "Log.entryAdded" -> said.add(params.get("entry").toString());
            default -> {
                var waiting = awaited.remove(method);
                if (waiting != null) {
                    waiting.complete(params);
                }
            }
        }
    }

    private JsonNode ask(String session, String method, Map<String, ?> params) {
        int id = count.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        asked.put(id, answer);
        var message = new LinkedHashMap<String, Object>(Map.of("id", id, "method", method, "params", params));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        synchronized (socket) {
            socket.sendText(Json.write(message), true).join();
        }
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private JsonNode ask(String method, Map<String, ?> params) {
        return ask(session, method, params);
    }

    /// Opens an address and waits until all of it is there.
    void open(String url) {
        doing(() -> ask("Page.navigate", Map.of("url", url)));
    }

    /// Waits until the page that this leads to is there.
    void doing(Runnable step) {
        var loaded = new CompletableFuture<JsonNode>();
        awaited.put("Page.loadEventFired", loaded);
        step.run();
        loaded.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /// The value of an expression, or of the promise that it gives.
    JsonNode value(String expression) {
        var answer = ask(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.get("exceptionDetails").toString());
        }
        var value = answer.get("result").get("value");
        return value == null ? answer.get("result") : value;
    }

    String text(String expression) {
        return value(expression).asString();
    }

    /// Waits until an expression holds.
    void until(String expression) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!value("Boolean(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + expression + "\n" + text("document.body.innerText"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void type(String words) {
        ask("Input.insertText", Map.of("text", words));
    }

    void key(String key) {
        // Keys with a name, as Escape, write nothing.
        var text = key.length() == 1 ? key : "";
        ask("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", text));
        ask("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    void look(int width, String scheme) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 500));
        ask(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                // Who measures colours must not measure them on their way.
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    void withoutScript(boolean isWithout) {
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", isWithout));
    }

    /// The HTML of the page as the server sent it, asked with the session of this browser.
    String source(String url) {
        return text("fetch('" + url + "').then(answer => answer.text())");
    }

    /// What the page told its console since the last call.
    List<String> said() {
        var all = List.copyOf(said);
        said.clear();
        return all;
    }

    /// A picture, for people who look.
    void picture(Path file) throws IOException {
        var data = ask("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data.asString()));
    }

    @Override
    public void close() throws IOException {
        var children = process.descendants().collect(Collectors.toList());
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
        client.shutdownNow();
        try (var all = Files.walk(profile)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException | NoSuchFileException e) {
            // A process of Chromium that ends late deletes what we delete.
        }
    }
}
