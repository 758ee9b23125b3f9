package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// A table of a TOML file, or a value in one. Paths name keys with dots between them; what is not there is empty.
///
/// @param problem what is wrong in the file; the rest of it is read all the same
public record Toml(JsonNode node, Optional<Problem> problem) {
    private static final TomlMapper MAPPER = new TomlMapper();
    private static final int MOST_BROKEN = 5;

    /// Of a file with an error only the table in which it stands is passed over, and the first error is told: newer
    /// tools understand more of TOML than older ones, and what they do understand is enough to guess by.
    ///
    /// @param file name that the problem tells
    public static Toml read(String file, String text) {
        var problem = Optional.<Problem>empty();
        var lines = new ArrayList<>(text.lines().toList());
        for (int i = 0; i < MOST_BROKEN; i++) {
            try {
                return new Toml(MAPPER.readTree(String.join("\n", lines)), problem);
            } catch (JacksonException e) {
                var place = place(file, lines, e);
                problem = problem.or(() -> Optional.of(problem(place, e)));
                passOver(lines, place.line() - 1);
            }
        }
        return new Toml(MAPPER.createObjectNode(), problem);
    }

    private static Problem problem(Place place, JacksonException e) {
        return Problem.user("detect.toml", place.file() + " is no TOML: " + e.getOriginalMessage())
                .at(place)
                .hint("mend it there; until then the table around it is not read");
    }

    /// What is wrong with a whole line is told by the library where the next one begins.
    private static Place place(String file, List<String> lines, JacksonException e) {
        var at = e.getLocation();
        int line = at == null ? 0 : Math.clamp(at.getLineNr(), 0, lines.size());
        if (line <= 1 || at.getColumnNr() > 1 || e.getOriginalMessage().startsWith("Unknown token")) {
            return new Place(file, line, line == 0 ? 0 : Math.max(0, at.getColumnNr()));
        }
        do {
            line--;
        } while (line > 1 && lines.get(line - 1).isBlank());
        return new Place(file, line, 0);
    }

    /// Empties the lines of a table, so that all others stay where they are.
    private static void passOver(List<String> lines, int broken) {
        int start = Math.clamp(broken, 0, Math.max(0, lines.size() - 1));
        int end = start + 1;
        while (start > 0 && !isHeader(lines.get(start))) {
            start--;
        }
        while (end < lines.size() && !isHeader(lines.get(end))) {
            end++;
        }
        for (int i = start; i < Math.min(end, lines.size()); i++) {
            lines.set(i, "");
        }
    }

    private static boolean isHeader(String line) {
        return line.stripLeading().startsWith("[");
    }

    /// What stands at a path, be it a table, a list or a value.
    private JsonNode at(String path) {
        var found = node;
        for (var key : path.split("\\.")) {
            found = found.path(key);
        }
        return found;
    }

    /// The text at a path; the first where there are several.
    public Optional<String> text(String path) {
        return texts(path).stream().findFirst();
    }

    /// The texts at a path: of a list all, of a table the values of its keys, in order.
    public List<String> texts(String path) {
        return texts(at(path)).toList();
    }

    /// All texts of this value.
    public List<String> texts() {
        return texts(node).toList();
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isContainer()
                ? node.valueStream().flatMap(Toml::texts)
                : Stream.of(node).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /// What a table holds, by key.
    public Map<String, Toml> entries(String table) {
        var entries = new LinkedHashMap<String, Toml>();
        at(table).properties().forEach(entry -> entries.put(entry.getKey(), new Toml(entry.getValue(), problem)));
        return entries;
    }

    public Set<String> keys(String table) {
        return entries(table).keySet();
    }

    /// The members of a list, or of an array of tables.
    public List<Toml> items(String path) {
        var list = at(path);
        return list.isArray()
                ? list.valueStream().map(item -> new Toml(item, problem)).toList()
                : List.of();
    }

    public boolean hasTable(String table) {
        return !keys(table).isEmpty();
    }
}
