package dev.johwa.source.migrate;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// TOML with the places of its keys: the library gives the values, a look at the lines says where each key stands.
final class TomlTree {
    private static final TomlMapper MAPPER = new TomlMapper();
    private static final String PART = "(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)";
    private static final String NAME = PART + "(?:\\s*\\.\\s*" + PART + ")*";
    private static final Pattern PARTS = Pattern.compile(PART);
    private static final Pattern HEADER = Pattern.compile("\\s*(\\[{1,2})\\s*(" + NAME + ")\\s*]{1,2}.*");
    private static final Pattern KEY = Pattern.compile("(\\s*)(" + NAME + ")\\s*=(.*)");
    private static final Pattern STRINGS = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'[^']*'|#.*");

    private final String file;
    private final Map<List<String>, Place> places = new LinkedHashMap<>();
    private final Map<List<String>, Integer> tables = new LinkedHashMap<>();
    private List<String> table = List.of();
    /// What ends the value that goes on over several lines; empty outside of one.
    private String end = "";
    private int depth;

    private TomlTree(String file) {
        this.file = file;
    }

    static Optional<Node> read(String file, String text, List<Problem> problems) {
        try {
            var tree = new TomlTree(file);
            tree.look(text);
            return Optional.of(tree.node(MAPPER.readTree(text), List.of(), new Place(file, 1, 1)));
        } catch (JacksonException e) {
            var at = e.getLocation();
            var place = at == null
                    ? Place.of(file)
                    : new Place(file, Math.max(0, at.getLineNr()), Math.max(0, at.getColumnNr()));
            problems.add(Problem.user("migrate.toml", "not readable as TOML: " + e.getOriginalMessage())
                    .at(place));
            return Optional.empty();
        }
    }

    private Node node(JsonNode json, List<String> path, Place above) {
        var place = places.getOrDefault(path, above);
        if (json.isObject()) {
            Map<Node.Key, Node> entries = new LinkedHashMap<>();
            json.properties().forEach(each -> {
                var inner = node(each.getValue(), longer(path, each.getKey()), place);
                entries.put(new Node.Key(inner.place(), each.getKey()), inner);
            });
            return new Node.Mapping(place, entries);
        }
        if (json.isArray()) {
            var items = new ArrayList<Node>();
            for (int i = 0; i < json.size(); i++) {
                items.add(node(json.get(i), longer(path, "#" + i), place));
            }
            return new Node.Sequence(place, items);
        }
        return new Node.Scalar(place, json.asString(), !json.isString());
    }

    private static List<String> longer(List<String> path, String key) {
        var longer = new ArrayList<>(path);
        longer.add(key);
        return List.copyOf(longer);
    }

    private void look(String text) {
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!end.isEmpty() || depth > 0) {
                goOn(line);
                continue;
            }
            var header = HEADER.matcher(line);
            var key = KEY.matcher(line);
            if (header.matches()) {
                table = opened(header.group(2), header.group(1).length() > 1);
                var place = new Place(file, number, header.start(1) + 1);
                for (int i = 1; i <= table.size(); i++) {
                    places.putIfAbsent(table.subList(0, i), place);
                }
            } else if (key.matches()) {
                places.putIfAbsent(
                        path(table, key.group(2)),
                        new Place(file, number, key.group(1).length() + 1));
                goOn(key.group(3));
            }
        }
    }

    private List<String> opened(String name, boolean isOfArray) {
        var path = path(List.of(), name);
        if (!isOfArray) {
            return path;
        }
        int next = tables.merge(path, 1, Integer::sum) - 1;
        return longer(path, "#" + next);
    }

    /// Below a table of an array the newest one is meant.
    private List<String> path(List<String> above, String name) {
        var path = above;
        var parts = PARTS.matcher(name);
        while (parts.find()) {
            if (tables.containsKey(path)) {
                path = longer(path, "#" + (tables.get(path) - 1));
            }
            path = longer(path, parts.group().replaceAll("^[\"']|[\"']$", ""));
        }
        return path;
    }

    /// Follows a value to its end, which may be lines away.
    private void goOn(String text) {
        var rest = text;
        while (!rest.isEmpty()) {
            if (!end.isEmpty()) {
                int at = rest.indexOf(end);
                rest = at < 0 ? "" : rest.substring(at + end.length());
                end = at < 0 ? end : "";
                continue;
            }
            int opens = firstOf(rest, "\"\"\"", "'''");
            var plain = opens < 0 ? rest : rest.substring(0, opens);
            for (char each : STRINGS.matcher(plain).replaceAll("").toCharArray()) {
                depth += each == '[' || each == '{' ? 1 : each == ']' || each == '}' ? -1 : 0;
            }
            end = opens < 0 ? "" : rest.substring(opens, opens + 3);
            rest = opens < 0 ? "" : rest.substring(opens + 3);
        }
    }

    private static int firstOf(String text, String one, String other) {
        int first = text.indexOf(one);
        int second = text.indexOf(other);
        return first < 0 ? second : second < 0 ? first : Math.min(first, second);
    }
}
