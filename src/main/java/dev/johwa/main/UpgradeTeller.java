package dev.johwa.main;

import dev.johwa.door.cli.Screen;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.serve.router.Edge;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is told of an upgrade, to a person or as JSON objects, a line each.
record UpgradeTeller(Screen screen, Clock clock, boolean json) {
    void tell(String event, String text) {
        if (json) {
            write(event, text, Map.of());
        } else {
            screen.progress(text);
        }
    }

    void end(String text, Map<String, Object> all) {
        if (json) {
            write("done", text, all);
        } else {
            screen.line(text);
        }
    }

    private void write(String event, String text, Map<String, Object> all) {
        var document = new LinkedHashMap<String, Object>();
        document.put("event", event);
        document.put("at", clock.now().toString());
        document.put("text", text);
        document.putAll(all);
        screen.line(Json.write(document));
    }

    static String words(String version, Edge.Programs now, boolean isWhole, Optional<String> backup) {
        var text = new StringBuilder("Johwa " + version + " works");
        text.append(
                isWhole
                        ? ", control plane and edge."
                        : "; the edge goes on by " + now.serving() + " (why: johwa status).");
        if (!now.leaving().isEmpty()) {
            text.append("\n  the edge before (pid ")
                    .append(now.leaving().getFirst())
                    .append(") ends with its last connections, within 10 minutes");
        }
        backup.ifPresent(name -> text.append("\n  a backup      ").append(name));
        return text.toString();
    }
}
