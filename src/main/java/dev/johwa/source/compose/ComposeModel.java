package dev.johwa.source.compose;

import dev.johwa.lib.json.Json;
import dev.johwa.source.compose.tree.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The resolved model of a project, in the form of `docker compose config`: each `$` in it is written `$$`, so that the
/// model is a compose file again.
///
/// @param values maps, lists, texts, numbers, truth values and nulls
public record ComposeModel(Map<String, @Nullable Object> values) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+-]*(:[A-Za-z0-9_./@+-]+)*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|[-+]?\\.(inf|nan)");

    public ComposeModel {
        values = Collections.unmodifiableMap(values);
    }

    /// As `docker compose config --format json`, which leaves models out; keys sorted.
    public String json() {
        var told = values();
        told.remove("models");
        return Json.pretty(told).replace("$", "$$");
    }

    @Override
    public Map<String, @Nullable Object> values() {
        return sorted(values);
    }

    /// As `docker compose config`, keys sorted.
    public String yaml() {
        var text = new StringBuilder();
        write(values(), 0, text);
        return text.toString().replace("$", "$$");
    }

    private static Map<String, @Nullable Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), plain(value)));
        return new LinkedHashMap<>(sorted);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(map);
            case List<?> list -> {
                var items = new ArrayList<@Nullable Object>();
                list.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Moment moment -> moment.json();
            case null, default -> value;
        };
    }

    private static void write(Object value, int depth, StringBuilder text) {
        var indent = "  ".repeat(depth);
        if (value instanceof Map<?, ?> map) {
            boolean isContainer = map.containsKey("command") && map.containsKey("entrypoint");
            map.forEach((key, each) -> {
                if (each == null && isContainer && (key.equals("command") || key.equals("entrypoint"))) {
                    return;
                }
                text.append(indent).append(scalar(key)).append(':');
                nested(each, depth, text);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(each -> {
                text.append(indent).append('-');
                if (each instanceof Map<?, ?> map && !map.isEmpty()) {
                    int start = text.length();
                    write(map, depth + 1, text);
                    text.replace(start, start + indent.length() + 2, " ");
                } else {
                    nested(each, depth, text);
                }
            });
        }
    }

    private static void nested(@Nullable Object value, int depth, StringBuilder text) {
        boolean isNested =
                value instanceof Map<?, ?> map && !map.isEmpty() || value instanceof List<?> list && !list.isEmpty();
        if (isNested && value != null) {
            text.append('\n');
            write(value, depth + 1, text);
        } else {
            text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case String text
            when PLAIN.matcher(text).matches() && !WORD.matcher(text).matches() -> text;
            case Object other -> Json.write(other);
        };
    }
}
