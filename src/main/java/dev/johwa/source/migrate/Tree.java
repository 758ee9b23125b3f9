package dev.johwa.source.migrate;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file as a tree of values that know where they stand, whatever it is written in.
final class Tree {
    private static final Pattern PROCESS = Pattern.compile("([A-Za-z0-9_-]+)\\s*:\\s*(\\S.*)");
    private static final Pattern VALUE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*=\\s*(.*)");

    private Tree() {}

    /// @param problems where what is wrong is added; what can be read all the same is
    static Optional<Node> read(String file, String text, Format.Syntax syntax, List<Problem> problems) {
        return switch (syntax) {
            case YAML -> Yaml.read(file, text, problems);
            case RUBY -> Ruby.read(file, text, problems);
            case JSON -> json(file, text, problems);
            case TOML -> TomlTree.read(file, text, problems);
            case PROCESSES -> Optional.of(lines(file, text, PROCESS, "NAME: COMMAND", problems));
            case VALUES -> Optional.of(lines(file, text, VALUE, "NAME=VALUE", problems));
            case SHELL -> Optional.of(lines(file, whole(text), VALUE, "NAME=VALUE", problems));
            case PROGRAM -> Optional.of(program(file));
        };
    }

    /// JSON is YAML but for tabs, which may stand between its words only.
    private static Optional<Node> json(String file, String text, List<Problem> problems) {
        var broken = Json.syntax(file, text);
        broken.ifPresent(problems::add);
        return broken.isPresent() ? Optional.empty() : Yaml.read(file, text.replace('\t', ' '), problems);
    }

    private static Node lines(String file, String text, Pattern form, String wanted, List<Problem> problems) {
        Map<Node.Key, Node> entries = new LinkedHashMap<>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            var place = new Place(file, number, 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var matcher = form.matcher(line);
            if (matcher.matches()) {
                var value = unquoted(matcher.group(2));
                entries.put(new Node.Key(place, matcher.group(1)), new Node.Scalar(place, value, value.isEmpty()));
            } else {
                problems.add(Problem.user("migrate.line", "line " + number + " is none of this file's")
                        .at(place)
                        .hint("write " + wanted));
            }
        }
        return new Node.Mapping(new Place(file, 1, 1), entries);
    }

    /// Lines that go on, in quotes, in `$( )` or behind a `\\`, are drawn together; empty ones keep the count.
    private static String whole(String text) {
        var whole = new StringBuilder();
        int open = 0;
        for (var line : text.lines().toList()) {
            boolean goesOn = open > 0;
            open += goesOn ? 1 : 0;
            whole.append(goesOn ? " " : "").append(line.replaceFirst("\\\\$", ""));
            boolean isOpen = line.endsWith("\\") || isOpen(whole.substring(whole.lastIndexOf("\n") + 1));
            if (isOpen) {
                open = Math.max(open, 1);
            } else {
                whole.append("\n".repeat(Math.max(1, open)));
                open = 0;
            }
        }
        return whole.toString();
    }

    private static boolean isOpen(String line) {
        long opened = line.chars().filter(each -> each == '(').count();
        long closed = line.chars().filter(each -> each == ')').count();
        return !line.strip().startsWith("#") && line.contains("$(") && opened > closed;
    }

    private static Node program(String file) {
        var place = new Place(file, 1, 1);
        var name = file.substring(file.lastIndexOf('/') + 1);
        return new Node.Mapping(place, Map.of(new Node.Key(place, name), new Node.Scalar(place, "", false)));
    }

    private static String unquoted(String text) {
        return text.matches("\"[^\"]*\"|'[^']*'") ? text.substring(1, text.length() - 1) : text;
    }
}
