package dev.johwa.source.host.played;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What an API answers.
record Answer(int status, Optional<JsonNode> body, Map<String, String> headers) {
    /// What any operation may answer, described or not.
    static final Set<Integer> EVERYWHERE = Set.of(301, 304, 401, 403, 404, 429, 500, 502, 503);

    static Answer of(int status, JsonNode body) {
        return new Answer(status, Optional.of(body), Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, Optional.empty(), Map.of());
    }

    static Answer failed(int status, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("message", message);
        body.put("documentation_url", "https://docs.github.com/rest");
        body.put("status", String.valueOf(status));
        return of(status, body);
    }

    static Answer notFound() {
        return failed(404, "Not Found");
    }

    Answer with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }
}
