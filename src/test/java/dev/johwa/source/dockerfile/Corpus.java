package dev.johwa.source.dockerfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Dockerfiles in the shapes that people write, right and wrong.
final class Corpus {
    private Corpus() {}

    /// By name, in order.
    static Map<String, String> all() {
        try (var file = Corpus.class.getResourceAsStream("corpus.txt")) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            var all = new LinkedHashMap<String, String>();
            for (var part : text.substring("=== ".length()).split("(?m)^=== ")) {
                int end = part.indexOf('\n');
                var content = part.substring(end + 1)
                        .replace("␍", "\r")
                        .replace("␀", "\0")
                        .replace("⟪BOM⟫", "\uFEFF");
                all.put(part.substring(0, end), content);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
