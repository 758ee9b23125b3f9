package dev.johwa.watch.chaos;

import dev.johwa.lib.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of a file without their places.
final class Plain {
    private Plain() {}

    static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar(scalar);
            case Node.Sequence sequence -> {
                var list = new ArrayList<@Nullable Object>();
                sequence.items().forEach(item -> list.add(of(item)));
                yield list;
            }
            case Node.Mapping mapping -> map(mapping);
        };
    }

    /// Without those that say nothing.
    static Map<String, Object> map(Node.Mapping mapping) {
        var map = new LinkedHashMap<String, Object>();
        mapping.entries().forEach((key, value) -> {
            var plain = of(value);
            if (plain != null) {
                map.put(key.text(), plain);
            }
        });
        return map;
    }

    static List<String> words(List<?> values) {
        return values.stream()
                .filter(value -> value != null && !"".equals(value))
                .map(Plain::word)
                .toList();
    }

    /// As Python writes it.
    static String word(Object value) {
        return value instanceof Boolean is ? (is ? "True" : "False") : String.valueOf(value);
    }

    private static @Nullable Object scalar(Node.Scalar scalar) {
        if (scalar.isNull()) {
            return null;
        }
        var text = scalar.text();
        if (scalar.isText()) {
            return text;
        }
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        if (text.matches("[-+]?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?") ? (Object) Double.valueOf(text) : text;
    }
}
