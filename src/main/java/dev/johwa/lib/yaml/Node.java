package dev.johwa.lib.yaml;

import dev.johwa.lib.problem.Place;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A value of a YAML file and where it stands.
public sealed interface Node {
    Place place();

    /// A text, number, boolean or null, as written.
    ///
    /// @param isPlain whether it stands without quotes, so that `true` is a boolean and `1` a number
    record Scalar(Place place, String text, boolean isPlain) implements Node {
        private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
        private static final Pattern NO_TEXT = Pattern.compile("|~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
                + "|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
                + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

        public boolean isNull() {
            return isPlain && NULL.matcher(text).matches();
        }

        /// Whether it is a text, and neither a number, a boolean nor nothing.
        public boolean isText() {
            return !isPlain || !NO_TEXT.matcher(text).matches();
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
