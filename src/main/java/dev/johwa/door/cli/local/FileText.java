package dev.johwa.door.cli.local;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.config.Configs;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with the text of a file that says something by itself, by the rules that belong to its name.
final class FileText {
    private FileText() {}

    /// @param shown the name under which it is told
    static List<Problem> problems(String name, String shown, String text) {
        return switch (name) {
            case "Procfile" -> procfile(shown, text);
            case "package.json", "app.json" ->
                Json.syntax(shown, text).map(List::of).orElseGet(List::of);
            case String _ -> {
                Configs.parse(shown, text);
                yield List.of();
            }
        };
    }

    private static List<Problem> procfile(String shown, String text) {
        var problems = new ArrayList<Problem>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.matches("[A-Za-z0-9_-]+\\s*:\\s*\\S.*")) {
                problems.add(Problem.user("procfile.line", "'" + line + "' is no process")
                        .at(new Place(shown, i + 1, 1))
                        .hint("write NAME: COMMAND, such as `web: node server.js`"));
            }
        }
        return problems;
    }
}
