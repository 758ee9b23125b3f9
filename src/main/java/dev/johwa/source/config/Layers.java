package dev.johwa.source.config;

import dev.johwa.source.config.Origin.Layer;
import dev.johwa.source.config.ValueReader.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values by path, the strongest layer's last: what is put later replaces what was put before.
final class Layers {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Origin> origins = new LinkedHashMap<>();

    void put(String path, Object value, Origin origin) {
        values.put(path, value);
        origins.put(path, origin);
    }

    void put(Map<String, Read> read, Layer layer) {
        read.forEach((path, each) -> put(path, each.value(), new Origin(layer, each.place())));
    }

    <T> Optional<T> get(String path, Class<T> type) {
        return Optional.ofNullable(values.get(path)).map(type::cast);
    }

    @SuppressWarnings("unchecked") // the reader puts lists of commands at the paths of that form, and nothing else
    List<List<String>> commands(String path) {
        return values.get(path) instanceof List<?> list ? (List<List<String>>) list : List.of();
    }

    @SuppressWarnings("unchecked") // the reader puts lists of texts at the paths of that form, and nothing else
    List<String> texts(String path) {
        return values.get(path) instanceof List<?> list ? (List<String>) list : List.of();
    }

    /// Texts below a path, by name.
    Map<String, String> below(String path) {
        var found = new LinkedHashMap<String, String>();
        values.forEach((each, value) -> {
            if (each.startsWith(path + ".")) {
                found.put(each.substring(path.length() + 1), String.valueOf(value));
            }
        });
        return found;
    }

    Optional<Origin> origin(String path) {
        return Optional.ofNullable(origins.get(path));
    }

    Map<String, Origin> origins() {
        return new LinkedHashMap<>(origins);
    }

    Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }
}
