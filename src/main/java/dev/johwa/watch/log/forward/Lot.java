package dev.johwa.watch.log.forward;

import dev.johwa.lib.json.Json;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The records of one message, as lines.
final class Lot {
    private static final List<String> TEXTS = List.of("message", "log");
    /// Times as nanoseconds since 1970 end in 2262.
    private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

    private final String tag;
    private final Instant now;
    private final List<LogLine> lines = new ArrayList<>();
    private int left;

    Lot(String tag, Instant now) {
        this.tag = tag;
        this.now = now;
    }

    String tag() {
        return tag;
    }

    List<LogLine> lines() {
        return lines;
    }

    /// How many were no records.
    int left() {
        return left;
    }

    /// What is no map is left out, and so are figures of Fluent Bit.
    void add(Optional<Instant> time, @Nullable Object record) {
        if (!(record instanceof Map<?, ?> map) || map.containsKey("cmetrics")) {
            left++;
            return;
        }
        var fields = new LinkedHashMap<Object, @Nullable Object>(map);
        var text = text(fields);
        var at = time.filter(each -> each.isBefore(LATEST)).orElse(now);
        var rest = fields.isEmpty() ? "{}" : Json.write(fields);
        lines.add(LogLine.of(at, project(), LogSource.ofTag(tag, stream(map)), text, rest));
    }

    /// A tag's part before its first dot.
    private String project() {
        int dot = tag.indexOf('.');
        return dot < 0 ? tag : tag.substring(0, dot);
    }

    private static String text(Map<Object, @Nullable Object> fields) {
        for (var name : TEXTS) {
            if (fields.get(name) instanceof String text) {
                fields.remove(name);
                return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            }
        }
        return "";
    }

    /// As the log driver of Docker tells it.
    private static String stream(Map<?, ?> record) {
        var source = record.containsKey("source") ? record.get("source") : record.get("stream");
        return "stderr".equals(source) ? "err" : "stdout".equals(source) ? "out" : "forward";
    }

    void leave() {
        left++;
    }
}
