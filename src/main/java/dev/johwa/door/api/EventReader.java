package dev.johwa.door.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads server-sent events (WHATWG HTML, section 9.2) from a body that comes bit by bit.
final class EventReader {
    private final BufferedReader lines;

    EventReader(InputStream body) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    record Read(String id, String event, String data) {}

    /// The next event, or null when the stream is over.
    @Nullable
    Read next() throws IOException {
        var id = "";
        var event = "message";
        var data = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return new Read(id, event, data.substring(0, data.length() - 1));
            }
            int colon = line.indexOf(':');
            var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data.append(value).append('\n');
                default -> {}
            }
        }
        return null;
    }
}
