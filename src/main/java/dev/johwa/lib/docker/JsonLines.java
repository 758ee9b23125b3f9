package dev.johwa.lib.docker;

import dev.johwa.lib.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// JSON that comes a line at a time.
final class JsonLines {
    private static final int LONGEST = 4 << 20;

    private JsonLines() {}

    /// Hears each until nothing more comes.
    static void read(InputStream from, Consumer<JsonNode> heard) throws IOException {
        var line = new ByteArrayOutputStream();
        var piece = new byte[16 << 10];
        for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (piece[i] == '\n') {
                    line.write(piece, start, i - start);
                    tell(line, heard);
                    start = i + 1;
                }
            }
            line.write(piece, start, count - start);
            if (line.size() > LONGEST) {
                throw new IOException("a line of its answer is longer than " + LONGEST + " bytes");
            }
        }
        tell(line, heard);
    }

    private static void tell(ByteArrayOutputStream line, Consumer<JsonNode> heard) {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (!text.isBlank()) {
            heard.accept(Json.tree(text));
        }
    }
}
