package dev.johwa.watch.telemetry.otlp;

import com.google.protobuf.ByteString;
import dev.johwa.lib.json.Json;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.telemetry.Telemetry;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records of logs of one resource, as lines: the body is the text, attributes are fields, and so are `level`,
/// `logger`, `trace_id` and `span_id`.
final class LogRecords {
    private static final String STREAM = "otlp";
    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error", "fatal");
    /// Numbers of severity that a level has.
    private static final int EACH = 4;

    private final Map<String, String> place;
    private final Instant now;
    private final List<LogLine> lines = new ArrayList<>();

    LogRecords(Map<String, String> place, Instant now) {
        this.place = place;
        this.now = now;
    }

    List<LogLine> lines() {
        return lines;
    }

    void add(ScopeLogs scope) {
        var logger = scope.getScope().getName();
        for (var record : scope.getLogRecordsList()) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            if (!level(record).isEmpty()) {
                fields.put("level", level(record));
            }
            if (!logger.isEmpty()) {
                fields.put("logger", logger);
            }
            put(fields, "trace_id", record.getTraceId());
            put(fields, "span_id", record.getSpanId());
            record.getAttributesList().forEach(each -> fields.put(each.getKey(), value(each.getValue())));
            lines.add(new LogLine(
                    0,
                    at(record),
                    place.getOrDefault(Telemetry.APP, ""),
                    place.getOrDefault("environment", ""),
                    source(),
                    text(record.getBody()),
                    Json.write(fields)));
        }
    }

    private LogSource source() {
        var release = place.getOrDefault("release", "");
        int number = release.matches("\\d{1,9}") ? Integer.parseInt(release) : 0;
        return new LogSource(number, "", place.getOrDefault("instance", ""), STREAM, "");
    }

    private Instant at(LogRecord record) {
        long nanos = record.getTimeUnixNano() > 0 ? record.getTimeUnixNano() : record.getObservedTimeUnixNano();
        return nanos > 0 ? LogLine.instant(nanos) : now;
    }

    private static String level(LogRecord record) {
        int number = record.getSeverityNumberValue();
        return number > 0 && number <= LEVELS.size() * EACH
                ? LEVELS.get((number - 1) / EACH)
                : record.getSeverityText().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, @Nullable Object> fields, String name, ByteString id) {
        if (!id.isEmpty()) {
            fields.put(name, HexFormat.of().formatHex(id.toByteArray()));
        }
    }

    private static String text(AnyValue body) {
        return switch (value(body)) {
            case null -> "";
            case String text -> text;
            case Object other -> Json.write(other);
        };
    }

    private static @Nullable Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE ->
                Double.isFinite(value.getDoubleValue())
                        ? (Object) value.getDoubleValue()
                        : String.valueOf(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(LogRecords::value)
                        .toList();
            case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> null;
        };
    }

    private static Map<String, @Nullable Object> map(List<KeyValue> pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        pairs.forEach(each -> map.put(each.getKey(), value(each.getValue())));
        return map;
    }
}
