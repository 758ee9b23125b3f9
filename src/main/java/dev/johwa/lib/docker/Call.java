package dev.johwa.lib.docker;

import dev.johwa.lib.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One call of the engine.
///
/// @param path below the version: `/containers/json`
/// @param query not yet encoded
/// @param fields of the head
/// @param words JSON that is sent at once; empty: none. Its length is told, since what follows the words of a command
///     that is started is its input
/// @param content what is sent while it is made
/// @param limit after which the connection is closed
record Call(
        String method,
        String path,
        List<Word> query,
        Map<String, String> fields,
        String words,
        Optional<Content> content,
        Duration limit) {
    private static final Duration SHORT = Duration.ofSeconds(30);

    Call {
        query = List.copyOf(query);
        fields = new LinkedHashMap<>(fields);
        for (var field : fields.entrySet()) {
            if (!isPlain(field.getKey() + field.getValue())) {
                throw new IllegalArgumentException("field " + field.getKey() + " holds a control character");
            }
        }
    }

    /// A name of the query with a value; a name may come more than once.
    record Word(String name, String value) {}

    private static boolean isPlain(String text) {
        return text.chars().allMatch(letter -> letter >= ' ' && letter != 127);
    }

    static Call get(String path) {
        return new Call("GET", path, List.of(), Map.of(), "", Optional.empty(), SHORT);
    }

    static Call post(String path) {
        return new Call("POST", path, List.of(), Map.of(), "", Optional.empty(), SHORT);
    }

    static Call delete(String path) {
        return new Call("DELETE", path, List.of(), Map.of(), "", Optional.empty(), SHORT);
    }

    Call with(String name, String value) {
        return withAll(name, List.of(value));
    }

    Call withAll(String name, List<String> values) {
        var more = new ArrayList<>(query);
        values.forEach(value -> more.add(new Word(name, value)));
        return new Call(method, path, more, fields, words, content, limit);
    }

    Call with(String name, boolean value) {
        return with(name, value ? "1" : "0");
    }

    /// Which labels are wanted, of lists and events.
    Call filtered(Map<String, String> labels) {
        var wanted = labels.entrySet().stream()
                .map(label -> label.getValue().isEmpty() ? label.getKey() : label.getKey() + "=" + label.getValue())
                .toList();
        return with("filters", Json.write(Map.of("label", wanted)));
    }

    Call field(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Call(method, path, query, more, words, content, limit);
    }

    Call json(Object value) {
        return new Call(method, path, query, fields, Json.write(value), content, limit)
                .field("Content-Type", "application/json");
    }

    Call tar(Content tar) {
        return new Call(method, path, query, fields, words, Optional.of(tar), limit)
                .field("Content-Type", "application/x-tar");
    }

    Call within(Duration longest) {
        return new Call(method, path, query, fields, words, content, longest);
    }

    /// The first line, the fields, and the words after them, as they are sent (RFC 9112).
    ///
    /// @param version of the API: `/v1.41`, or empty
    String head(String version) {
        var head = new StringBuilder(method).append(' ').append(version).append(path);
        char separator = '?';
        for (var word : query) {
            head.append(separator).append(encoded(word.name())).append('=').append(encoded(word.value()));
            separator = '&';
        }
        head.append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: johwa\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (content.isPresent()) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (!method.equals("GET")) {
            int length = words.getBytes(StandardCharsets.UTF_8).length;
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").append(words).toString();
    }

    /// A part of a path or query; names of images keep their slashes.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    /// For a person: `POST /containers/create`.
    String text() {
        return method + " " + path;
    }
}
