package dev.johwa.source.host.played;

import com.networknt.schema.dialect.Dialects;
import dev.johwa.Tools;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads descriptions of tens of megabytes and keeps only what is asked for and what that refers to.
final class Published {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Reading takes a second and gives the same each time; kept while nothing else wants their hundred megabytes.
    private static final Map<Set<String>, SoftReference<Description>> READ = new ConcurrentHashMap<>();

    private final Set<String> wanted;
    private final Map<String, JsonNode> components = new HashMap<>();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    private Published(Set<String> wanted) {
        this.wanted = wanted;
    }

    /// @param operations their ids
    static Description api(Set<String> operations) {
        var file = Tools.file("github/api.json");
        return kept(operations, wanted -> new Description(new Published(wanted).read(file), Dialects.getOpenApi30()));
    }

    /// @param names as in `pull-request-opened`
    static Description webhooks(Set<String> names) {
        var file = Tools.file("github/webhooks.json");
        return kept(names, wanted -> new Description(new Published(wanted).read(file), Dialects.getOpenApi31()));
    }

    private static Description kept(Set<String> names, Function<Set<String>, Description> read) {
        var wanted = Set.copyOf(names);
        var known = READ.get(wanted);
        var description = known == null ? null : known.get();
        if (description == null) {
            description = read.apply(wanted);
            READ.put(wanted, new SoftReference<>(description));
        }
        return description;
    }

    private ObjectNode read(Path file) {
        try (var parser = JSON.createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "paths" -> readOperations(parser);
                    case "webhooks" -> readWebhooks(parser);
                    case "components" -> readComponents(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        addReferences();
        return document;
    }

    private void readOperations(JsonParser parser) {
        var paths = document.putObject("paths");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var path = parser.currentName();
            parser.nextToken();
            JsonNode item = parser.readValueAsTree();
            for (var method : item.properties()) {
                if (wanted.contains(method.getValue().path("operationId").asString(""))) {
                    paths.withObjectProperty(path).set(method.getKey(), method.getValue());
                }
            }
        }
    }

    private void readWebhooks(JsonParser parser) {
        var webhooks = document.putObject("webhooks");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (wanted.contains(name)) {
                webhooks.set(name, parser.<JsonNode>readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readComponents(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var section = parser.currentName();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                components.put(section + "/" + name, parser.readValueAsTree());
            }
        }
    }

    private void addReferences() {
        var open = new ArrayDeque<JsonNode>();
        open.add(document.deepCopy());
        while (!open.isEmpty()) {
            for (var reference : open.remove().findValuesAsString("$ref")) {
                var place = reference.substring("#/components/".length());
                var component = components.remove(place);
                if (component != null) {
                    var slash = place.indexOf('/');
                    document.withObjectProperty("components")
                            .withObjectProperty(place.substring(0, slash))
                            .set(place.substring(slash + 1), component);
                    open.add(component);
                }
            }
        }
    }
}
