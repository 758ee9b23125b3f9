package dev.johwa.door.api;

import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Records in and out of a server, problems as exceptions.
final class Wire {
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final int RECONNECTS = 5;

    private final HttpCalls calls;
    private final String server;
    private final Optional<String> token;

    Wire(HttpCalls calls, URI server, Optional<String> token) {
        this.calls = calls;
        this.server = server.toString().replaceFirst("/+$", "");
        this.token = token;
    }

    /// What the document of a problem says that we need.
    ///
    /// @param errors as a registry of images says it
    private record Refusal(
            @Nullable List<WireProblem> problems,
            @Nullable String detail,
            @Nullable List<RegistryError> errors) {
        List<Problem> all() {
            var told = new ArrayList<Problem>();
            Optional.ofNullable(problems).orElse(List.of()).forEach(each -> told.add(each.problem()));
            Optional.ofNullable(errors).orElse(List.of()).forEach(each -> told.add(each.problem()));
            return told;
        }
    }

    private record RegistryError(
            String code, @Nullable String message, @Nullable String detail) {
        Problem problem() {
            var problem = Problem.user(
                    "registry." + code.toLowerCase(Locale.ROOT).replace('_', '-'), message == null ? code : message);
            return detail == null ? problem : problem.hint(detail);
        }
    }

    <T> T get(String path, Map<String, String> query, Class<T> type) {
        return exchange("GET", path + queryText(query), new byte[0], type);
    }

    <T> T post(String path, Map<String, String> query, Object body, Class<T> type) {
        return exchange("POST", path + queryText(query), Json.bytes(body), type);
    }

    <T> T delete(String path, Class<T> type) {
        return exchange("DELETE", path, new byte[0], type);
    }

    /// Writes what is answered as it comes.
    void fetch(String path, Map<String, String> query, OutputStream out) throws IOException {
        try (var stream = calls.open(call("GET", path + queryText(query), new byte[0], Map.of()))) {
            if (stream.status() >= 300) {
                throw refused(stream.status(), stream.body().readAllBytes());
            }
            stream.body().transferTo(out);
        }
    }

    /// Opens what is answered as it comes.
    HttpCalls.Streamed stream(String path) throws IOException {
        var stream = calls.open(call("GET", path, new byte[0], Map.of()));
        if (stream.status() >= 300) {
            try (stream) {
                throw refused(stream.status(), stream.body().readAllBytes());
            }
        }
        return stream;
    }

    /// Posts bytes as they are.
    <T> T postBytes(String path, byte[] bytes, Class<T> type) {
        return read(calls.send(call("POST", path, bytes, Map.of("Content-Type", "application/octet-stream"))), type);
    }

    /// Posts a whole file as it is.
    <T> T send(String path, Map<String, String> query, Path file, Class<T> type) {
        return read(calls.send(call("POST", path + queryText(query), new byte[0], Map.of()), file), type);
    }

    /// Whether something is there, without its bytes.
    boolean has(String path) {
        var answer = calls.send(call("HEAD", path, new byte[0], Map.of()));
        if (answer.status() >= 300 && answer.status() != 404) {
            throw refused(answer.status(), answer.body());
        }
        return answer.status() < 300;
    }

    /// Puts bytes as they are.
    void put(String path, String type, byte[] bytes) {
        read(calls.send(call("PUT", path, bytes, Map.of("Content-Type", type))), Void.class);
    }

    private <T> T exchange(String method, String path, byte[] body, Class<T> type) {
        return read(calls.send(call(method, path, body, Map.of())), type);
    }

    private <T> T read(HttpCalls.Answer answer, Class<T> type) {
        if (answer.status() >= 300) {
            throw refused(answer.status(), answer.body());
        }
        return answer.body().length == 0 ? Json.read("null", type) : Json.read(answer.body(), type);
    }

    private HttpCalls.Call call(String method, String path, byte[] body, Map<String, String> more) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", "johwa");
        token.ifPresent(text -> headers.put("Authorization", "Bearer " + text));
        if (body.length > 0) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(more);
        return new HttpCalls.Call(method, uri(path), headers, body, AT_MOST);
    }

    private URI uri(String path) {
        try {
            return URI.create(server + path);
        } catch (IllegalArgumentException e) {
            throw Problem.user("server.address", "'" + server + "' is no address of a server")
                    .hint("write it as http://HOST:PORT")
                    .exception();
        }
    }

    /// Reads server-sent events until one is the last; a broken connection is taken up where it was.
    <T> T events(String path, Class<T> type, Predicate<T> isLast, Consumer<T> told) {
        var seen = new String[] {""};
        for (int attempt = 0; ; attempt++) {
            var headers = new LinkedHashMap<>(Map.of("Accept", "text/event-stream"));
            if (!seen[0].isEmpty()) {
                headers.put("Last-Event-ID", seen[0]);
            }
            try (var stream = calls.open(call("GET", path, new byte[0], headers))) {
                if (stream.status() >= 300) {
                    throw refused(stream.status(), stream.body().readAllBytes());
                }
                var events = new EventReader(stream.body());
                for (var event = events.next(); event != null; event = events.next()) {
                    seen[0] = event.id().isEmpty() ? seen[0] : event.id();
                    var read = Json.read(event.data(), type);
                    told.accept(read);
                    if (isLast.test(read)) {
                        return read;
                    }
                }
            } catch (IOException e) {
                // Taken up again below.
            }
            if (attempt >= RECONNECTS) {
                throw Problem.external("server.unreachable", "the server " + server + " stopped telling how it goes")
                        .hint("the work goes on there; `johwa status` and `johwa runs` show it")
                        .exception();
            }
        }
    }

    private ProblemException refused(int status, byte[] body) {
        var problems = refusal(body).map(Refusal::all).orElse(List.of());
        if (!problems.isEmpty()) {
            return new ProblemException(problems);
        }
        return Problem.external("server.answer", server + " answered " + status + " and is no Johwa server, it seems")
                .hint("check --server, JOHWA_URL and the remote named johwa")
                .exception();
    }

    private static Optional<Refusal> refusal(byte[] body) {
        try {
            return Optional.ofNullable(Json.read(body, Refusal.class));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    static String queryText(Map<String, String> query) {
        return query.isEmpty()
                ? ""
                : query.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
