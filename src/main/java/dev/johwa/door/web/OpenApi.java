package dev.johwa.door.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 document, made from the declarations of the routes.
final class OpenApi {
    private static final Pattern PATH_NAME = Pattern.compile("\\{([^}]+)}|<([^>]+)>");

    private final List<Route> routes;
    private final JsonShapes shapes = new JsonShapes();

    OpenApi(List<Route> routes) {
        this.routes = routes;
    }

    Map<String, Object> document() {
        var paths = new TreeMap<String, Map<String, Object>>();
        for (var route : routes) {
            paths.computeIfAbsent(route.path().replace('<', '{').replace('>', '}'), _ -> new TreeMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Johwa",
                        "version",
                        "v1",
                        "description",
                        "Push code; it is tested, shipped and watched."));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", operationId(route));
        operation.put("summary", route.summary());
        operation.put("parameters", parameters(route));
        if (!route.shape().takes().isEmpty()) {
            var body = shapes.of(route.shape().takes().getFirst());
            operation.put("requestBody", Map.of("required", true, "content", json("application/json", body)));
        }
        operation.put("responses", responses(route));
        operation.put("security", route.access() == Access.OPEN ? List.of() : List.of(Map.of("token", List.of())));
        return operation;
    }

    /// `get status`, `post apps project app rollback` in one word.
    private static String operationId(Route route) {
        var id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (var part : route.path().replace("/api/v1", "").split("[^A-Za-z]+")) {
            if (!part.isEmpty()) {
                id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return id.toString();
    }

    private static List<Map<String, Object>> parameters(Route route) {
        var all = new ArrayList<Map<String, Object>>();
        PATH_NAME
                .matcher(route.path())
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .forEach(name -> all.add(parameter(name, "path", "", true)));
        route.shape().query().forEach((name, meaning) -> all.add(parameter(name, "query", meaning, false)));
        return all;
    }

    private static Map<String, Object> parameter(String name, String in, String meaning, boolean required) {
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        if (!meaning.isEmpty()) {
            parameter.put("description", meaning);
        }
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    private Map<String, Object> responses(Route route) {
        var responses = new TreeMap<String, Object>();
        var good = new LinkedHashMap<String, Object>();
        good.put("description", route.summary());
        if (route.shape().gives() != Void.class) {
            var type = route.path().endsWith("/events") ? "text/event-stream" : "application/json";
            good.put("content", json(type, shapes.of(route.shape().gives())));
        }
        responses.put(Integer.toString(route.shape().status()), good);
        var problem = Map.of("$ref", "#/components/schemas/" + JsonShapes.PROBLEM);
        responses.put(
                "default",
                Map.of("description", "A problem (RFC 9457)", "content", json("application/problem+json", problem)));
        return responses;
    }

    private static Map<String, Object> json(String type, Object schema) {
        return Map.of(type, Map.of("schema", schema));
    }

    private Map<String, Object> components() {
        var components = new LinkedHashMap<String, Object>();
        components.put("schemas", shapes.named());
        components.put("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
        return components;
    }
}
