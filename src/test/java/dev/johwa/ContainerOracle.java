package dev.johwa;

import dev.johwa.lib.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The program of `src/test/go/containers`, which says what BuildKit and Compose themselves make of a file.
public final class ContainerOracle implements AutoCloseable {
    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /// @param command of the program: `dockerfile`, `ignore` or `compose`
    public ContainerOracle(String command) {
        try {
            process = new ProcessBuilder(Tools.find("container-oracle"), command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        questions = process.outputWriter();
        answers = process.inputReader();
    }

    public JsonNode ask(Object question) {
        try {
            questions.write(Json.write(question));
            questions.write('\n');
            questions.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the oracle ended");
            }
            return Json.tree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
