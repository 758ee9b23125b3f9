package dev.johwa.source.compose;

import dev.johwa.Tools;
import dev.johwa.lib.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What Compose itself says of a project: a program around compose-go that answers a line for a line.
final class ComposeOracle implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    ComposeOracle() {
        try {
            var builder = new ProcessBuilder(Tools.find("container-oracle"), "compose");
            builder.environment().put("HOME", "/home/someone");
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    record Asked(String folder, List<String> files, List<String> profiles, Map<String, String> environment) {}

    /// @param model empty when the files are refused
    record Answer(Optional<JsonNode> model, String error) {}

    Answer ask(Path folder, List<String> files, List<String> profiles, Map<String, String> environment) {
        try {
            requests.write(Json.write(new Asked(folder.toString(), files, profiles, environment)));
            requests.newLine();
            requests.flush();
            var answer = Json.tree(answers.readLine());
            return new Answer(
                    Optional.ofNullable(answer.get("model")),
                    answer.path("error").asString(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same text for models that say the same: keys sorted, numbers by value.
    static String canonical(JsonNode node) {
        if (node.isObject()) {
            var parts = new TreeMap<String, String>();
            node.propertyStream().forEach(each -> parts.put(each.getKey(), canonical(each.getValue())));
            var text = new StringBuilder("{");
            parts.forEach(
                    (key, value) -> text.append("\n").append(key).append(": ").append(value));
            return text.toString().replace("\n", "\n  ") + "}";
        }
        if (node.isArray()) {
            var text = new StringBuilder("[");
            node.forEach(item -> text.append("\n").append(canonical(item)));
            return text.toString().replace("\n", "\n  ") + "]";
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.toString();
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
