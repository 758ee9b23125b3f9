package dev.johwa.watch.telemetry.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/// Fills a message from JSON as OTLP writes it: numbers of 64 bits also as text, ids in hex, enumerations as numbers;
/// what is not known is passed over. Source of the form: opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding.
final class JsonMessage {
    private JsonMessage() {}

    /// @throws IllegalArgumentException when a value is none of its field
    static void fill(Message.Builder into, JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a message is an object");
        }
        for (var field : into.getDescriptorForType().getFields()) {
            var value = json.has(field.getJsonName()) ? json.get(field.getJsonName()) : json.path(field.getName());
            if (value.isMissingNode() || value.isNull()) {
                continue;
            }
            if (!field.isRepeated()) {
                into.setField(field, value(into, field, value));
                continue;
            }
            if (!value.isArray()) {
                throw new IllegalArgumentException(field.getJsonName() + " is a list");
            }
            for (var each : value) {
                into.addRepeatedField(field, value(into, field, each));
            }
        }
    }

    private static Object value(Message.Builder of, FieldDescriptor field, JsonNode value) {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                var inner = of.newBuilderForField(field);
                fill(inner, value);
                yield inner.build();
            }
            case STRING -> text(field, value);
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    throw wrong(field, value);
                }
                yield value.booleanValue();
            }
            case INT -> (int) whole(field, value);
            case LONG -> whole(field, value);
            case FLOAT -> (float) number(field, value);
            case DOUBLE -> number(field, value);
            case ENUM -> enumeration(field, value);
            case BYTE_STRING -> bytes(field, value);
        };
    }

    private static IllegalArgumentException wrong(FieldDescriptor field, JsonNode value) {
        var text = value.toString();
        return new IllegalArgumentException(
                field.getJsonName() + " is " + text.substring(0, Math.min(60, text.length())));
    }

    private static String text(FieldDescriptor field, JsonNode value) {
        if (!value.isString()) {
            throw wrong(field, value);
        }
        return value.stringValue();
    }

    private static long whole(FieldDescriptor field, JsonNode value) {
        try {
            var text = value.isString() ? value.stringValue() : value.isIntegralNumber() ? value.toString() : "";
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw wrong(field, value);
        }
    }

    private static double number(FieldDescriptor field, JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.isString() ? value.stringValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(field, value);
        };
    }

    private static Object enumeration(FieldDescriptor field, JsonNode value) {
        var type = field.getEnumType();
        var found = value.isString()
                ? type.findValueByName(value.stringValue())
                : type.findValueByNumberCreatingIfUnknown((int) whole(field, value));
        if (found == null) {
            throw wrong(field, value);
        }
        return found;
    }

    private static ByteString bytes(FieldDescriptor field, JsonNode value) {
        var text = text(field, value);
        return ByteString.copyFrom(
                field.getName().endsWith("_id")
                        ? HexFormat.of().parseHex(text)
                        : Base64.getDecoder().decode(text));
    }
}
