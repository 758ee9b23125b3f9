package dev.johwa.door.web;

import dev.johwa.door.api.WireProblem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// JSON Schemas of the records that go over the wire, read from their components.
final class JsonShapes {
    static final String PROBLEM = "Problem";

    private final Map<String, Object> named = new TreeMap<>();

    JsonShapes() {
        var problem = new LinkedHashMap<String, Object>(record(WireProblem.class));
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", Map.of("type", "string"));
        properties.put("title", Map.of("type", "string"));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", Map.of("type", "string"));
        properties.putAll((Map<String, ?>) problem.get("properties"));
        properties.put("problems", Map.of("type", "array", "items", of(WireProblem.class)));
        problem.put("properties", properties);
        named.put(PROBLEM, problem);
    }

    Map<String, Object> named() {
        return named;
    }

    Map<String, Object> of(Type type) {
        return switch (type) {
            case Class<?> plain -> ofClass(plain);
            case ParameterizedType generic -> ofGeneric(generic);
            default -> Map.of();
        };
    }

    private Map<String, Object> ofClass(Class<?> type) {
        if (type.isRecord()) {
            return reference(type);
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == Instant.class) {
            return Map.of("type", "string", "format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == double.class || type == Double.class) {
            return Map.of("type", "number");
        }
        boolean whole = List.of(int.class, long.class, Integer.class, Long.class, OptionalInt.class, OptionalLong.class)
                .contains(type);
        return whole ? Map.of("type", "integer") : Map.of();
    }

    private Map<String, Object> ofGeneric(ParameterizedType type) {
        var raw = (Class<?>) type.getRawType();
        var last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
        if (Collection.class.isAssignableFrom(raw)) {
            return Map.of("type", "array", "items", of(last));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return Map.of("type", "object", "additionalProperties", of(last));
        }
        return raw == Optional.class ? of(last) : Map.of();
    }

    private Map<String, Object> reference(Class<?> type) {
        var outer = type.getDeclaringClass();
        var name = (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
        if (!named.containsKey(name)) {
            named.put(name, Map.of());
            named.put(name, record(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> record(Class<?> type) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType()));
            if (!component.getType().getSimpleName().startsWith("Optional")) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }
}
