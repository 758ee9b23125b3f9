package dev.johwa.watch.log;

import dev.johwa.lib.json.Json;
import dev.johwa.serve.target.Logs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hides the secrets of an app in a line and bounds it.
record Masking(Logs.Mask mask, String app) {
    private static final String DROPPED = "johwa.dropped";

    LogLine apply(LogLine line) {
        var text = bounded(mask.hide(app, line.text()));
        var fields = line.fields();
        if (!fields.isEmpty() && !mask.hide(app, fields).equals(fields)) {
            fields = Json.write(hiddenIn(Json.read(fields, Map.class)));
        }
        if (fields.length() > LogStore.LONGEST) {
            fields = Json.write(Map.of(DROPPED, "fields of " + fields.length() + " characters"));
        }
        return line.with(text, fields);
    }

    private static String bounded(String text) {
        if (text.length() <= LogStore.LONGEST) {
            return text;
        }
        int end =
                Character.isHighSurrogate(text.charAt(LogStore.LONGEST - 1)) ? LogStore.LONGEST - 1 : LogStore.LONGEST;
        return text.substring(0, end) + " … (" + (text.length() - end) + " more characters were dropped)";
    }

    private @Nullable Object hidden(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> mask.hide(app, text);
            case Map<?, ?> map -> hiddenIn(map);
            case List<?> list -> list.stream().map(this::hidden).toList();
            default -> hiddenNumber(value);
        };
    }

    private Map<String, @Nullable Object> hiddenIn(Map<?, ?> map) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, each) -> all.put(mask.hide(app, String.valueOf(key)), hidden(each)));
        return all;
    }

    /// A number that is a secret is hidden like a text.
    private Object hiddenNumber(Object value) {
        var text = String.valueOf(value);
        var safe = mask.hide(app, text);
        return safe.equals(text) ? value : safe;
    }
}
