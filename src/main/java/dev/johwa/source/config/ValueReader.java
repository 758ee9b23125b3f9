package dev.johwa.source.config;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the keys of an app from a tree into values by path; every problem is collected.
final class ValueReader {
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> RESERVED = Set.of("PORT", "HOST", "HOME");

    private final List<Problem> problems;

    ValueReader(List<Problem> problems) {
        this.problems = problems;
    }

    /// A value and where it stands.
    record Read(Object value, Place place) {}

    /// @param besides keys that others read, which are no problem here
    Map<String, Read> read(Node.Mapping mapping, Set<String> besides) {
        var values = new LinkedHashMap<String, Read>();
        read("", mapping, besides, values);
        return values;
    }

    private void read(String above, Node.Mapping mapping, Set<String> besides, Map<String, Read> values) {
        mapping.entries().forEach((key, node) -> {
            if (above.isEmpty() && besides.contains(key.text())) {
                return;
            }
            var path = above.isEmpty() ? key.text() : above + "." + key.text();
            if (above.equals("env") && !isEnvironmentName(key)) {
                return;
            }
            var known = Key.of(path);
            if (known.isPresent()) {
                value(known.get(), node).ifPresent(value -> values.put(path, new Read(value, node.place())));
            } else if (Key.isMap(path)) {
                below(path, node, values);
            } else {
                unknown(above, key, besides);
            }
        });
    }

    private boolean isEnvironmentName(Node.Key key) {
        if (!ENV_NAME.matcher(key.text()).matches()) {
            problem("config.env-name", "'" + key.text() + "' is no name of an environment value", key.place())
                    .ifPresent(problem -> problems.add(problem.hint("use letters, digits and '_', no digit first")));
            return false;
        }
        if (RESERVED.contains(key.text())) {
            problem("config.env-reserved", key.text() + " is set by the platform", key.place())
                    .ifPresent(problem -> problems.add(problem.hint("leave it out")));
            return false;
        }
        return true;
    }

    private void below(String path, Node node, Map<String, Read> values) {
        if (node instanceof Node.Mapping mapping) {
            read(path, mapping, Set.of(), values);
        } else if (!(node instanceof Node.Scalar scalar && scalar.isNull())) {
            wrong(path, node, "a map");
        }
    }

    private void unknown(String above, Node.Key key, Set<String> besides) {
        var names = new ArrayList<>(Key.below(above));
        if (above.isEmpty()) {
            names.addAll(besides);
        }
        var near = Near.question(key.text(), names);
        var problem = Problem.user("config.unknown-key", "unknown key '" + key.text() + "'")
                .at(key.place());
        problems.add(problem.hint(near.orElse("known here: " + String.join(", ", names))));
    }

    private static Optional<Problem> problem(String code, String message, Place place) {
        return Optional.of(Problem.user(code, message).at(place));
    }

    private Optional<Object> value(Key key, Node node) {
        return switch (key.form()) {
            case COMMAND -> command(key.path(), node).map(each -> each);
            case COMMANDS -> commands(key.path(), node).map(each -> each);
            case TEXTS -> texts(key.path(), node).map(each -> each);
            case TEXT, SERVICE, TARGET, PORT, COUNT, NUMBER, DURATION, SIZE, VALUE, CRON -> scalar(key, node);
        };
    }

    private Optional<Object> scalar(Key key, Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            return wrong(key.path(), node, expected(key.form()));
        }
        var text = scalar.text();
        Optional<?> value = switch (key.form()) {
            case VALUE -> Optional.of(text);
            case TEXT -> Optional.of(text).filter(each -> !scalar.isNull());
            case SERVICE -> Optional.of(text).filter(Key.SERVICES::contains);
            case TARGET -> Optional.of(text).filter(Key.TARGETS::contains);
            case PORT -> integer(text, 1, 65_535);
            case COUNT -> integer(text, 0, 100);
            case NUMBER -> Units.number(text);
            case DURATION -> Units.duration(text);
            case SIZE -> Units.size(text);
            case CRON -> Optional.of(text).filter(each -> each.strip().split("\\s+").length == 5);
            case COMMAND, COMMANDS, TEXTS -> Optional.empty();
        };
        return value.isPresent() ? Optional.of(value.get()) : wrong(key.path(), node, expected(key.form()));
    }

    private static Optional<Integer> integer(String text, int least, int most) {
        return Optional.of(text)
                .filter(each -> each.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .filter(each -> each >= least && each <= most);
    }

    private static String expected(Key.Form form) {
        return switch (form) {
            case TEXT, VALUE -> "a text";
            case SERVICE -> "one of " + String.join(", ", Key.SERVICES);
            case TARGET -> "one of " + String.join(", ", Key.TARGETS);
            case PORT -> "a port from 1 to 65535";
            case COUNT -> "a number from 0 to 100";
            case NUMBER -> "a number such as 0.5 or 2";
            case DURATION -> "a time such as 30s, 10m or 2h";
            case SIZE -> "a size such as 512Mi or 1Gi";
            case CRON -> "five fields such as '0 3 * * *'";
            case COMMAND -> "a command: a text, or a list of words";
            case COMMANDS -> "a command, or a list of commands";
            case TEXTS -> "a list of texts";
        };
    }

    /// A text is for a shell, exactly as written; a list is words, without a shell.
    private Optional<List<String>> command(String path, Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return Optional.of(List.of("sh", "-c", scalar.text()));
        }
        return node instanceof Node.Sequence ? texts(path, node) : wrong(path, node, expected(Key.Form.COMMAND));
    }

    /// A text is one command; in a list each item is one: a text for a shell, or a list of words.
    private Optional<List<List<String>>> commands(String path, Node node) {
        if (!(node instanceof Node.Sequence sequence)) {
            return command(path, node).map(List::of);
        }
        var commands = new ArrayList<List<String>>();
        for (var item : sequence.items()) {
            command(path, item).ifPresent(commands::add);
        }
        return Optional.of(commands);
    }

    private Optional<List<String>> texts(String path, Node node) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return Optional.of(List.of(scalar.text()));
        }
        if (!(node instanceof Node.Sequence sequence)) {
            return wrong(path, node, expected(Key.Form.TEXTS));
        }
        var texts = new ArrayList<String>();
        for (var item : sequence.items()) {
            if (item instanceof Node.Scalar scalar && !scalar.isNull()) {
                texts.add(scalar.text());
            } else {
                wrong(path, item, "a text");
            }
        }
        return Optional.of(texts);
    }

    private <T> Optional<T> wrong(String path, Node node, String expected) {
        problems.add(Problem.user("config.wrong-type", "'" + path + "' is " + node.kind())
                .at(node.place())
                .hint("write " + expected));
        return Optional.empty();
    }
}
