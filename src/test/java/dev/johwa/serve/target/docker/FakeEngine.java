package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Engine;
import dev.johwa.lib.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// What answers at a socket as an engine does whose containers run nothing: it knows which volumes and networks there
/// are, and which container has what.
final class FakeEngine implements AutoCloseable {
    private static final int OK = 200;
    private static final int MISSING = 404;
    private static final int IN_USE = 409;
    private static final int FAILED = 500;

    final Map<String, JsonNode> containers = new ConcurrentHashMap<>();
    final Map<String, JsonNode> volumes = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> networks = new ConcurrentHashMap<>();
    private final Path socket;
    private final ServerSocketChannel server;
    /// Whether it refuses to create containers.
    volatile boolean isFull;

    FakeEngine() throws IOException {
        socket = Files.createTempDirectory("johwa-engine").resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::serve);
    }

    Engine engine() {
        return new Engine(socket);
    }

    private record Asked(String method, String path, String query, JsonNode body) {
        String name() {
            return path.split("/")[2];
        }
    }

    private record Answer(int status, Object body) {}

    private void serve() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) {
        try (connection) {
            var answer = answer(read(new BufferedInputStream(Channels.newInputStream(connection))));
            var body = Json.bytes(answer.body());
            var head = "HTTP/1.1 " + answer.status() + " x\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length + "\r\n\r\n";
            var out = Channels.newOutputStream(connection);
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        } catch (IOException e) {
            // Who asked does not listen any more.
        }
    }

    private static Asked read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            head.write(in.read());
        }
        var lines = head.toString(StandardCharsets.UTF_8).split("\r\n");
        int length = 0;
        for (var line : lines) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        var words = lines[0].split(" ");
        var asked = URI.create(words[1]);
        var query = asked.getQuery() == null ? "" : asked.getQuery();
        return new Asked(
                words[0],
                asked.getPath().replaceFirst("^/v1[^/]*", ""),
                query,
                Json.tree(body.isBlank() ? "{}" : body));
    }

    private Answer answer(Asked asked) {
        var path = asked.path();
        if (path.equals("/version")) {
            return new Answer(OK, Map.of("ApiVersion", "1.43", "MinAPIVersion", "1.12"));
        }
        if (path.startsWith("/images/")) {
            return new Answer(OK, Map.of("Id", "sha256:0", "Config", Map.of("Cmd", List.of("server"))));
        }
        if (path.startsWith("/volumes")) {
            return things(asked, volumes);
        }
        return path.startsWith("/networks") ? things(asked, networks) : container(asked);
    }

    private Answer things(Asked asked, Map<String, JsonNode> all) {
        if (asked.path().endsWith("/create")) {
            all.put(asked.body().path("Name").asString(""), asked.body());
            return new Answer(OK, asked.body());
        }
        if (asked.path().lastIndexOf('/') == 0) {
            var found = all.values().stream()
                    .filter(each -> isMarked(each, asked))
                    .map(FakeEngine::shown)
                    .toList();
            return new Answer(OK, all.equals(volumes) ? Map.of("Volumes", found) : found);
        }
        var there = all.get(asked.name());
        if (there == null) {
            return new Answer(MISSING, Map.of("message", "no such thing"));
        }
        if (asked.method().equals("DELETE")) {
            if (containers.values().stream().anyMatch(each -> each.toString().contains("\"" + asked.name() + "\""))) {
                return new Answer(IN_USE, Map.of("message", "in use"));
            }
            all.remove(asked.name());
        }
        return new Answer(OK, shown(there));
    }

    private static Map<String, Object> shown(JsonNode thing) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("Name", thing.path("Name").asString(""));
        shown.put("Mountpoint", "/none");
        shown.put("Labels", thing.path("Labels"));
        shown.put("Options", thing.path("DriverOpts"));
        return shown;
    }

    private static boolean isMarked(JsonNode thing, Asked asked) {
        var filters = asked.query().replaceFirst(".*filters=", "");
        if (!filters.startsWith("{")) {
            return true;
        }
        var wanted = new ArrayList<String>();
        Json.tree(filters).path("label").forEach(each -> wanted.add(each.asString("")));
        return wanted.stream()
                .allMatch(each -> thing.path("Labels")
                        .path(each.substring(0, each.indexOf('=')))
                        .asString("")
                        .equals(each.substring(each.indexOf('=') + 1)));
    }

    private Answer container(Asked asked) {
        if (asked.path().equals("/containers/create")) {
            if (isFull) {
                return new Answer(FAILED, Map.of("message", "no space left on device"));
            }
            var name = asked.query().replaceFirst(".*name=([^&]+).*", "$1");
            containers.put(name, asked.body());
            return new Answer(OK, Map.of("Id", name));
        }
        if (asked.path().equals("/containers/json")) {
            return new Answer(
                    OK,
                    containers.entrySet().stream()
                            .filter(each -> isMarked(each.getValue(), asked))
                            .map(each -> Map.of(
                                    "Id",
                                    each.getKey(),
                                    "Labels",
                                    each.getValue().path("Labels")))
                            .toList());
        }
        if (asked.method().equals("DELETE")) {
            containers.remove(asked.name());
        }
        return new Answer(OK, Map.of());
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(socket.getParent());
    }
}
