package dev.johwa.source.compose.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map of a resolved model, read by key: what is absent is empty.
public record Told(Map<String, @Nullable Object> values) {
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /// A text, or a number as one; empty when there is none.
    public String text(String key) {
        var value = values.get(key);
        return value == null ? "" : GoText.of(value);
    }

    public boolean isTrue(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    public @Nullable Long number(String key) {
        return values.get(key) instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    /// The map below a key; empty when there is none.
    public Told map(String key) {
        return new Told(asMap(values.get(key)));
    }

    /// Maps below a key, by theirs; a key with nothing has an empty one.
    public Map<String, Told> maps(String key) {
        var maps = new LinkedHashMap<String, Told>();
        asMap(values.get(key)).forEach((name, value) -> maps.put(name, new Told(asMap(value))));
        return maps;
    }

    /// The maps of a list.
    public List<Told> list(String key) {
        var list = new ArrayList<Told>();
        if (values.get(key) instanceof List<?> items) {
            items.forEach(item -> list.add(new Told(asMap(item))));
        }
        return list;
    }

    /// The texts of a list.
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        if (values.get(key) instanceof List<?> items) {
            items.forEach(item -> texts.add(GoText.of(item)));
        }
        return texts;
    }

    /// Texts below a key; those without a value are left out.
    public Map<String, String> textsByName(String key) {
        var texts = new LinkedHashMap<String, String>();
        asMap(values.get(key)).forEach((name, value) -> {
            if (value != null) {
                texts.put(name, GoText.of(value));
            }
        });
        return texts;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : new LinkedHashMap<>();
    }
}
