package dev.johwa;

import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// What reads something that strangers wrote: it gives an answer or a problem, and never a bug's exception.
///
/// @param charset in which texts are bytes; ISO 8859-1 for what is no text
/// @param seeds what people write, to begin with
public record Parser(String name, Charset charset, Reading reading, List<String> seeds) {
    /// Reads it once.
    @FunctionalInterface
    public interface Reading {
        void read(byte[] bytes) throws IOException;
    }

    public static Parser ofText(String name, Consumer<String> reading, String... seeds) {
        return new Parser(
                name,
                StandardCharsets.UTF_8,
                bytes -> reading.accept(new String(bytes, StandardCharsets.UTF_8)),
                List.of(seeds));
    }

    /// @param seeds each character a byte
    public static Parser ofBytes(String name, Reading reading, String... seeds) {
        return new Parser(name, StandardCharsets.ISO_8859_1, reading, List.of(seeds));
    }

    /// Reads what may be anything.
    ///
    /// @throws RuntimeException only where there is a bug
    public void take(byte[] bytes) {
        try {
            reading.read(bytes);
        } catch (ProblemException e) {
            if (e.problem().message().isBlank()) {
                throw new IllegalStateException("a problem without words", e);
            }
        } catch (IOException e) {
            // Said to whoever brought it.
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
