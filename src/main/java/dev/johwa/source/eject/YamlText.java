package dev.johwa.source.eject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A tree of maps, lists and scalars as lines of YAML; lists of scalars stand on one line.
final class YamlText {
    private final List<String> lines = new ArrayList<>();

    private YamlText() {}

    static String of(Map<String, ?> tree) {
        var text = new YamlText();
        text.map(tree, "", "");
        return String.join("\n", text.lines) + "\n";
    }

    /// @param first what stands before the first line instead of the indent
    private void map(Map<?, ?> tree, String indent, String first) {
        var before = first;
        for (var each : tree.entrySet()) {
            var name = before + Scalar.of(String.valueOf(each.getKey())) + ":";
            before = indent;
            switch (each.getValue()) {
                case Map<?, ?> map
                when !map.isEmpty() -> {
                    lines.add(name);
                    map(map, indent + "  ", indent + "  ");
                }
                case Map<?, ?> _ -> lines.add(name + " {}");
                case List<?> list
                when list.stream().anyMatch(Map.class::isInstance) -> {
                    lines.add(name);
                    list.forEach(item -> map((Map<?, ?>) item, indent + "    ", indent + "  - "));
                }
                case List<?> list ->
                    lines.add(name + list.stream().map(YamlText::scalar).collect(Collectors.joining(", ", " [", "]")));
                case Object value -> lines.add(name + " " + scalar(value));
            }
        }
    }

    private static String scalar(Object value) {
        return value instanceof String text ? Scalar.of(text) : String.valueOf(value);
    }
}
