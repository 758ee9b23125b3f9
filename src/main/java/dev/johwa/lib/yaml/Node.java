package dev.johwa.lib.yaml;

import dev.johwa.lib.problem.Place;
import java.util.List;
import java.util.Map;

/// A value of a YAML file and where it stands.
public sealed interface Node {
    Place place();

    /// A text, number, boolean or null, as written.
    ///
    /// @param isPlain whether it stands without quotes, so that `true` is a boolean and `1` a number
    record Scalar(Place place, String text, boolean isPlain) implements Node {
        public boolean isNull() {
            return isPlain && (text.isEmpty() || text.equals("null") || text.equals("~") || text.equals("Null"));
        }
    }

    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// @param entries in the order of the file, by key
    record Mapping(Place place, Map<Key, Node> entries) implements Node {}

    /// A key and where it stands.
    record Key(Place place, String text) {}

    /// What it is, for a person.
    default String kind() {
        return switch (this) {
            case Scalar scalar -> scalar.isNull() ? "nothing" : "'" + shown(scalar.text()) + "'";
            case Sequence(Place _, List<Node> _) -> "a list";
            case Mapping(Place _, Map<Key, Node> _) -> "a map";
        };
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
