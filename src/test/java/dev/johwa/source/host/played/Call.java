package dev.johwa.source.host.played;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One request to an API.
///
/// @param path without what stands before the API's own paths
/// @param headers by names in lower case
public record Call(
        String method, String path, Map<String, String> query, Map<String, String> headers, Optional<JsonNode> body) {
    public Call {
        query = Map.copyOf(query);
        var named = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        named.putAll(headers);
        headers = named;
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// A field of the body, or a missing node.
    JsonNode field(String name) {
        return body.map(each -> each.path(name)).orElse(MissingNode.getInstance());
    }

    int number(String name, int otherwise) {
        return Optional.ofNullable(query.get(name)).map(Integer::parseInt).orElse(otherwise);
    }

    Call at(String other) {
        return new Call(method, other, query, headers, body);
    }
}
