package dev.johwa.lib.json;

import dev.johwa.lib.problem.ProblemException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// JSON values that stand one after the other in a stream, each as plain maps, lists, texts and numbers. It reads no
/// further than the stream has, so that a value is given as soon as it is complete. Used by one thread.
public final class JsonValues {
    private final JsonParser parser;

    /// Waits for the first bytes, which tell how the text is encoded.
    ///
    /// @throws ProblemException when no text begins so
    public JsonValues(InputStream input) {
        try {
            this.parser = Json.parser(input);
        } catch (JacksonException e) {
            throw Json.unreadable("", e);
        }
    }

    /// The next one; empty at the end.
    ///
    /// @throws ProblemException when what comes is no JSON
    public Optional<Object> next() {
        try {
            return parser.nextToken() == null ? Optional.empty() : Optional.of(Json.value(parser));
        } catch (JacksonException e) {
            throw Json.unreadable("", e);
        }
    }
}
