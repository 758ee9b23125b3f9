package dev.johwa.source.host.played;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a host publishes about its own API in the form of OpenAPI, and whether what is said fits it.
///
/// Stricter than JSON Schema in one thing: a field or a parameter that the description does not name is a mismatch,
/// since a host passes over it in silence, which is how a misspelt one goes unseen.
final class Description {
    private static final String ROOT = "https://description.test/";
    private static final String JSON = "application/json";

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /// @param document a description or a part of one, complete in itself
    Description(ObjectNode document, Dialect dialect) {
        this.document = document;
        var config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        registry = SchemaRegistry.withDialect(
                dialect, builder -> builder.schemaRegistryConfig(config).schemas(Map.of(ROOT, document.toString())));
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (method.getValue().has("operationId")) {
                    operations.add(
                            Operation.of(path.getKey(), method.getKey(), method.getValue(), wide(method.getValue())));
                }
            }
        }
        operations.sort(Comparator.comparing(Operation::literals).reversed());
    }

    private Set<String> wide(JsonNode operation) {
        var names = new HashSet<String>();
        for (var each : operation.path("parameters")) {
            var parameter = each.has("$ref") ? at(reference(each)) : each;
            if (parameter.path("x-multi-segment").asBoolean()) {
                names.add(parameter.get("name").asString());
            }
        }
        return names;
    }

    Optional<Operation> operation(String method, String path) {
        return operations.stream().filter(each -> each.fits(method, path)).findFirst();
    }

    Operation operation(String id) {
        return operations.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the description has no operation " + id));
    }

    /// The example that the host publishes for an answer: a new copy.
    JsonNode example(String id, int status) {
        var content = content(operation(id).pointer() + "/responses/" + status);
        var example = content.path("examples").properties().iterator().next().getValue();
        while (example.has("$ref") || example.has("value")) {
            example = example.has("value") ? example.get("value") : at(reference(example));
        }
        return example.deepCopy();
    }

    /// @return what of a request is not as described
    List<String> request(Operation operation, Call call) {
        var wrong = new ArrayList<String>();
        var known = parameters(operation, call, wrong);
        call.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> wrong.add("the description knows no parameter " + name));
        body(operation, call, wrong);
        return wrong;
    }

    private Set<String> parameters(Operation operation, Call call, List<String> wrong) {
        var inPath = operation.values(call.path());
        var described = at(operation.pointer() + "/parameters");
        var known = new HashSet<String>();
        for (int i = 0; i < described.size(); i++) {
            var pointer = resolved(operation.pointer() + "/parameters/" + i);
            var parameter = at(pointer);
            var name = parameter.get("name").asString();
            var place = parameter.get("in").asString();
            var value = place.equals("path") ? inPath.get(name) : call.query().get(name);
            if (place.equals("query")) {
                known.add(name);
            }
            if (value != null) {
                wrong.addAll(errors(pointer + "/schema", typed(value, at(resolved(pointer + "/schema"))), name));
            } else if (parameter.path("required").asBoolean() && !place.equals("header")) {
                wrong.add("the parameter " + name + " is missing");
            }
        }
        return known;
    }

    private static JsonNode typed(String value, JsonNode schema) {
        var nodes = tools.jackson.databind.node.JsonNodeFactory.instance;
        try {
            return switch (schema.path("type").asString("string")) {
                case "integer" -> nodes.numberNode(Long.parseLong(value));
                case "boolean" ->
                    value.matches("true|false") ? nodes.booleanNode(value.equals("true")) : nodes.stringNode(value);
                default -> nodes.stringNode(value);
            };
        } catch (NumberFormatException e) {
            return nodes.stringNode(value);
        }
    }

    private void body(Operation operation, Call call, List<String> wrong) {
        var pointer = operation.pointer() + "/requestBody";
        var described = at(pointer);
        if (described.isMissingNode()) {
            if (call.body().isPresent()) {
                wrong.add("no body is described");
            }
            return;
        }
        if (call.body().isEmpty()) {
            if (described.path("required").asBoolean()) {
                wrong.add("the body is missing, or is no JSON");
            }
            return;
        }
        var schema = pointer + "/content/application~1json/schema";
        wrong.addAll(errors(schema, call.body().get(), "body"));
        var properties = at(resolved(schema)).path("properties");
        if (properties.isObject() && call.body().get().isObject()) {
            call.body().get().propertyNames().stream()
                    .filter(name -> !properties.has(name))
                    .forEach(name -> wrong.add("the description knows no field " + name));
        }
    }

    /// @return what of an answer is not as described; what every operation may answer (nothing new, no access, limits,
    /// outages) need not be described for each
    List<String> answer(Operation operation, Answer answer) {
        var pointer = operation.pointer() + "/responses/" + answer.status();
        if (at(pointer).isMissingNode()) {
            return Answer.EVERYWHERE.contains(answer.status())
                    ? List.of()
                    : List.of("the status " + answer.status() + " is not described");
        }
        var schema = resolved(pointer) + "/content/application~1json/schema";
        if (at(schema).isMissingNode()) {
            var told = answer.body().isPresent() && answer.status() < 400;
            return told ? List.of("no body is described") : List.of();
        }
        return answer.body().isEmpty()
                ? List.of("the described body is missing")
                : errors(schema, answer.body().get(), "answer");
    }

    /// @return what of a message that the host sends by itself is not as described
    List<String> webhook(String name, JsonNode body) {
        var pointer = "/webhooks/" + name + "/post/requestBody/content/application~1json/schema";
        return at(pointer).isMissingNode() ? List.of("no webhook " + name) : errors(pointer, body, name);
    }

    private List<String> errors(String pointer, JsonNode value, String what) {
        var schema =
                schemas.computeIfAbsent(pointer, place -> registry.getSchema(SchemaLocation.of(ROOT + "#" + place)));
        return schema.validate(value).stream()
                .map(error -> what + " " + error.getInstanceLocation() + ": " + error.getMessage())
                .collect(Collectors.toList());
    }

    private JsonNode content(String pointer) {
        return at(resolved(pointer)).path("content").path(JSON);
    }

    private JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /// The place of what stands there, or of what it refers to.
    private String resolved(String pointer) {
        var here = pointer;
        while (at(here).has("$ref")) {
            here = reference(at(here));
        }
        return here;
    }

    private static String reference(JsonNode node) {
        return node.get("$ref").asString().substring(1);
    }
}
