package dev.johwa.source.compose.tree;

import dev.johwa.lib.problem.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A value of a compose file and where it stands. Trees are never changed, they are made anew.
public sealed interface Value {
    Place place();

    /// @param value a String, Long, BigInteger, Double, Float, Boolean or [Moment]; null for nothing
    record Scalar(Place place, @Nullable Object value) implements Value {}

    record Sequence(Place place, List<Value> items) implements Value {
        public Sequence {
            items = Collections.unmodifiableList(items);
        }

        public Sequence map(UnaryOperator<Value> change) {
            var changed = new ArrayList<Value>();
            items.forEach(item -> changed.add(change.apply(item)));
            return new Sequence(place, changed);
        }
    }

    /// @param entries in the order of the file
    /// @param keys where each key stands; those that were added stand where the map does
    record Mapping(Place place, Map<String, Value> entries, Map<String, Place> keys) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(entries);
            keys = Collections.unmodifiableMap(keys);
        }

        public static Mapping empty(Place place) {
            return new Mapping(place, Map.of(), Map.of());
        }

        public @Nullable Value get(String key) {
            return entries.get(key);
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        /// The text of a key; null when there is none, or it is no text.
        public @Nullable String text(String key) {
            return entries.get(key) instanceof Scalar(Place _, String text) ? text : null;
        }

        public Place placeOf(String key) {
            return keys.getOrDefault(key, place);
        }

        public Mapping with(String key, Value value) {
            var changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Mapping(place, changed, keys);
        }

        /// The same, where the key is not there yet.
        public Mapping withDefault(String key, Object value) {
            return has(key) ? this : with(key, new Scalar(place, value));
        }

        public Mapping without(String key) {
            if (!has(key)) {
                return this;
            }
            var changed = new LinkedHashMap<>(entries);
            changed.remove(key);
            return new Mapping(place, changed, keys);
        }
    }

    static Scalar of(Place place, Object value) {
        return new Scalar(place, value);
    }

    default boolean isNull() {
        return this instanceof Scalar(Place _, Object value) && value == null;
    }

    /// Its text, when it is one.
    default @Nullable String asText() {
        return this instanceof Scalar(Place _, String text) ? text : null;
    }

    /// Whether it is a whole number as written, not one with a point.
    default boolean isInteger() {
        return this instanceof Scalar(Place _, Object value) && (value instanceof Long || value instanceof BigInteger);
    }

    /// Equal in what they hold, wherever they stand.
    static boolean isSame(Value one, Value other) {
        return switch (one) {
            case Scalar(Place _, Object value) ->
                other instanceof Scalar(Place _, Object theirs) && Objects.equals(value, theirs);
            case Sequence(Place _, List<Value> items) ->
                other instanceof Sequence(Place _, var theirs)
                        && items.size() == theirs.size()
                        && isEach(items, theirs);
            case Mapping(Place _, Map<String, Value> entries, Map<String, Place> _) ->
                other instanceof Mapping(Place _, var theirs, var _)
                        && entries.keySet().equals(theirs.keySet())
                        && entries.entrySet().stream()
                                .allMatch(each ->
                                        isSame(each.getValue(), Objects.requireNonNull(theirs.get(each.getKey()))));
        };
    }

    private static boolean isEach(List<Value> items, List<Value> theirs) {
        for (int i = 0; i < items.size(); i++) {
            if (!isSame(items.get(i), theirs.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// What it is, for a person.
    default String kind() {
        return switch (this) {
            case Scalar(Place _, Object value) ->
                switch (value) {
                    case null -> "nothing";
                    case String text -> "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
                    case Object other -> GoText.of(other);
                };
            case Sequence _ -> "a list";
            case Mapping _ -> "a map";
        };
    }
}
