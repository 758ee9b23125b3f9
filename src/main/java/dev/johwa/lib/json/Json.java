package dev.johwa.lib.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes and reads JSON. Safe for use by many threads.
public final class Json {
    /// As the library begins to say that a key stands twice.
    private static final String TWICE = "Duplicate Object property ";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /// One line.
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /// Indented, for people.
    public static String pretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// @throws ProblemException when the text is no JSON of this type, saying where
    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    public static <T> T read(InputStream input, Class<T> type) {
        try {
            return MAPPER.readValue(input, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// A value that was read as a plain map, as its record.
    public static <T> T convert(Object value, Class<T> type) {
        return MAPPER.convertValue(value, type);
    }

    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// What is wrong with the syntax of a file of JSON, with its place; empty when it is readable.
    ///
    /// @param file the name under which it is told
    public static Optional<Problem> syntax(String file, String text) {
        try {
            MAPPER.readTree(text);
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of(broken(file, e));
        }
    }

    /// The same of a file that people write for a tool: also a key that stands twice, of which tools take the last.
    ///
    /// @param isLoose whether the tool reads comments, and commas too many
    public static Optional<Problem> slip(String file, String text, boolean isLoose) {
        var strict = MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        var reader = isLoose
                ? strict.with(JsonReadFeature.ALLOW_JAVA_COMMENTS).with(JsonReadFeature.ALLOW_TRAILING_COMMA)
                : strict;
        try {
            reader.readTree(text);
            return Optional.empty();
        } catch (JacksonException e) {
            var broken = broken(file, e);
            return Optional.of(
                    e.getOriginalMessage().startsWith(TWICE)
                            ? Problem.user(
                                            "json.duplicate-key",
                                            "a key stands here twice, and the last one counts: "
                                                    + e.getOriginalMessage().substring(TWICE.length()))
                                    .at(Objects.requireNonNull(broken.where()))
                            : broken);
        }
    }

    private static Problem broken(String file, JacksonException e) {
        var at = e.getLocation();
        var place = at == null ? Place.of(file) : new Place(file, at.getLineNr(), at.getColumnNr());
        return Problem.user("json.syntax", "not readable as JSON: " + e.getOriginalMessage())
                .at(place);
    }

    static JsonParser parser(InputStream input) {
        return MAPPER.createParser(input);
    }

    /// The value whose first token the parser stands on. What follows it is not looked at, as it may not be there yet.
    static Object value(JsonParser parser) {
        return MAPPER.readerFor(Object.class)
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(parser);
    }

    private static ProblemException unreadable(JacksonException e) {
        var at = e.getLocation();
        return unreadable(at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr(), e);
    }

    /// @param where a person finds it, with a blank before; empty where nobody could look
    static ProblemException unreadable(String where, JacksonException e) {
        return new ProblemException(
                Problem.user("json.unreadable", "not readable as JSON" + where + ": " + e.getOriginalMessage()), e);
    }
}
