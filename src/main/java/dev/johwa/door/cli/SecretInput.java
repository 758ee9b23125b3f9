package dev.johwa.door.cli;

import dev.johwa.lib.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// What nobody should see: asked for without an echo at a terminal, else a line of standard input.
final class SecretInput {
    private SecretInput() {}

    /// @param missing thrown when nothing was given
    static String ask(Session session, String question, Supplier<ProblemException> missing) throws IOException {
        var console = session.surroundings().terminal() ? System.console() : null;
        var given = console == null ? line(session) : console.readPassword(question + ": ");
        var text = given == null ? "" : new String(given).strip();
        if (text.isEmpty()) {
            throw missing.get();
        }
        return text;
    }

    private static char[] line(Session session) throws IOException {
        var reader =
                new BufferedReader(new InputStreamReader(session.surroundings().in(), StandardCharsets.UTF_8));
        var line = reader.readLine();
        return line == null ? new char[0] : line.toCharArray();
    }
}
