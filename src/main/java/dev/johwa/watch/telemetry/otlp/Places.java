package dev.johwa.watch.telemetry.otlp;

import dev.johwa.watch.telemetry.Labels;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where something comes from, as labels of the platform, by what OpenTelemetry calls them.
final class Places {
    private static final Map<String, String> NAMES = Map.of(
            "service.name", "app",
            "deployment.environment.name", "environment",
            "deployment.environment", "environment",
            "service.version", "release",
            "service.instance.id", "instance");
    private static final int LONGEST = 1024;

    private Places() {}

    /// @return labels of a resource; the environment is production where it does not say
    static Map<String, String> of(Resource resource) {
        var labels = new HashMap<String, String>();
        labels.put("environment", "production");
        for (var attribute : resource.getAttributesList()) {
            var name = NAMES.get(attribute.getKey());
            if (name != null) {
                labels.put(name, text(attribute.getValue()));
            }
        }
        return labels;
    }

    /// Attributes of a point and labels of the platform, which win over attributes of the same name.
    static Labels labels(String metric, List<KeyValue> attributes, Map<String, String> place) {
        var labels = new HashMap<String, String>();
        attributes.forEach(each -> labels.put(each.getKey(), text(each.getValue())));
        labels.putAll(place);
        labels.put(Labels.NAME, metric);
        return Labels.of(labels);
    }

    static String text(AnyValue value) {
        var text = switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Places::text)
                        .collect(Collectors.joining(",", "[", "]"));
            case KVLIST_VALUE ->
                value.getKvlistValue().getValuesList().stream()
                        .map(each -> each.getKey() + "=" + text(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case BYTES_VALUE, STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "";
        };
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
