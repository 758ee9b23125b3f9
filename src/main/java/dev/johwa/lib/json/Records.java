package dev.johwa.lib.json;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Plain records as JSON in the form of [Json], by the streaming part of the library alone: its data binding costs
/// hundreds of classes, more memory than all that a small process says to another.
///
/// A component is a text, a number, a truth value, a record, or a list, set or map of such; keys of maps are texts or
/// whole numbers. What is null is left out; what is absent is null or zero; what is unknown is passed over. Safe for
/// use
/// by many threads.
public final class Records {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private Records() {}

    /// One line.
    public static String write(Record value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    public static byte[] bytes(Record value) {
        var out = new ByteArrayOutputStream();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            put(generator, value);
        }
        return out.toByteArray();
    }

    private static void put(JsonGenerator generator, Object value) {
        switch (value) {
            case String text -> generator.writeString(text);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean truth -> generator.writeBoolean(truth);
            case Collection<?> all -> {
                generator.writeStartArray();
                all.forEach(each -> put(generator, each));
                generator.writeEndArray();
            }
            case Map<?, ?> all -> {
                generator.writeStartObject();
                all.forEach((key, each) -> {
                    generator.writeName(key.toString());
                    put(generator, each);
                });
                generator.writeEndObject();
            }
            case Record each -> putRecord(generator, each);
            case Object other -> throw new IllegalArgumentException(other.getClass() + " is not written");
        }
    }

    private static void putRecord(JsonGenerator generator, Record value) {
        generator.writeStartObject();
        for (var component : value.getClass().getRecordComponents()) {
            var part = part(component, value);
            if (part != null) {
                generator.writeName(component.getName());
                put(generator, part);
            }
        }
        generator.writeEndObject();
    }

    private static @Nullable Object part(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @throws ProblemException when the text is no JSON of this type, saying where
    public static <T extends Record> T read(String text, Class<T> type) {
        return read(text.getBytes(StandardCharsets.UTF_8), type);
    }

    /// @throws ProblemException when the bytes are no JSON of this type, saying where
    public static <T extends Record> T read(byte[] bytes, Class<T> type) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            return Objects.requireNonNull(type.cast(take(parser, type)), "nothing but null");
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            var why = "not readable as " + type.getSimpleName() + ": " + e.getMessage();
            throw new ProblemException(Problem.user("json.unreadable", why), e);
        }
    }

    /// The value at which the parser stands.
    private static @Nullable Object take(JsonParser parser, Type type) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return absent(type);
        }
        if (type instanceof ParameterizedType of) {
            var parts = of.getActualTypeArguments();
            return of.getRawType() == Map.class
                    ? map(parser, parts[0], parts[1])
                    : all(parser, of.getRawType(), parts[0]);
        }
        var kind = (Class<?>) type;
        if (kind.isRecord()) {
            return record(parser, kind);
        }
        return switch (kind.getSimpleName()) {
            case "String" -> parser.getString();
            case "int", "Integer" -> parser.getIntValue();
            case "long", "Long" -> parser.getLongValue();
            case "double", "Double" -> parser.getDoubleValue();
            case "boolean", "Boolean" -> parser.getBooleanValue();
            case String other -> throw new IllegalArgumentException(other + " is not read");
        };
    }

    private static @Nullable Object absent(Type type) {
        return switch (type.getTypeName()) {
            case "int" -> 0;
            case "long" -> 0L;
            case "double" -> 0.0;
            case "boolean" -> false;
            case String _ -> null;
        };
    }

    private static Collection<@Nullable Object> all(JsonParser parser, Type kind, Type part) {
        require(parser, JsonToken.START_ARRAY);
        Collection<@Nullable Object> all = kind == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(take(parser, part));
        }
        return all;
    }

    private static Map<Object, @Nullable Object> map(JsonParser parser, Type key, Type part) {
        require(parser, JsonToken.START_OBJECT);
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            all.put(key == Integer.class ? (Object) Integer.valueOf(name) : name, take(parser, part));
        }
        return all;
    }

    private static Object record(JsonParser parser, Class<?> kind) {
        require(parser, JsonToken.START_OBJECT);
        var components = kind.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = absent(components[i].getGenericType());
        }
        var names = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            int place = names.indexOf(name);
            if (place < 0) {
                parser.skipChildren();
            } else {
                values[place] = take(parser, components[place].getGenericType());
            }
        }
        return make(kind, components, values);
    }

    private static void require(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException(parser.currentToken() + " where " + token + " is expected");
        }
    }

    private static Object make(Class<?> kind, RecordComponent[] components, @Nullable Object[] values) {
        try {
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var constructor = kind.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(kind.getSimpleName() + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
