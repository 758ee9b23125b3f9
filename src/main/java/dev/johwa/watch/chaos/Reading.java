package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found in a file so far, and what is wrong with it. Used by one thread.
final class Reading {
    private final List<Problem> problems = new ArrayList<>();

    List<Problem> problems() {
        return problems;
    }

    /// It cannot be played, here or by Chaos Toolkit.
    void wrong(Place place, String message, String hint) {
        problems.add(Problem.user("chaos.invalid", message).at(place).hint(hint));
    }

    /// Chaos Toolkit would play it, and it cannot be played here.
    void unsupported(Place place, String message, String hint) {
        problems.add(Problem.user("chaos.unsupported", message).at(place).hint(hint));
    }

    static Optional<Node> get(Node.Mapping map, String key) {
        return map.entries().entrySet().stream()
                .filter(entry -> entry.getKey().text().equals(key))
                .map(Map.Entry::getValue)
                .filter(value -> !(value instanceof Node.Scalar scalar && scalar.isNull()))
                .findFirst();
    }

    /// Chaos Toolkit takes no notice of other keys, which are written wrong more often than not.
    void known(Node.Mapping map, List<String> keys) {
        map.entries().keySet().stream()
                .filter(key -> !keys.contains(key.text()))
                .forEach(key -> problems.add(Problem.user("chaos.unknown-key", "unknown key '" + key.text() + "'")
                        .at(key.place())
                        .hint(Near.question(key.text(), keys).orElse("known here: " + String.join(", ", keys)))
                        .as(Severity.WARNING)));
    }

    /// A text that must be there.
    String text(Node.Mapping map, String key, String whose) {
        var value = get(map, key);
        if (value.isEmpty()
                || value.get() instanceof Node.Scalar scalar && scalar.text().isEmpty()) {
            wrong(map.place(), whose + " has no " + key, "write " + key + ": …");
            return "";
        }
        if (value.get() instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        wrong(value.get().place(), key + " is " + value.get().kind(), "write a text");
        return "";
    }

    Optional<Node.Mapping> map(Node.Mapping in, String key) {
        var value = get(in, key);
        if (value.isPresent() && !(value.get() instanceof Node.Mapping)) {
            wrong(value.get().place(), key + " is " + value.get().kind(), "write a map");
        }
        return value.filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast);
    }

    List<Node> list(Node.Mapping in, String key) {
        var value = get(in, key);
        if (value.isPresent() && !(value.get() instanceof Node.Sequence)) {
            wrong(value.get().place(), key + " is " + value.get().kind(), "write a list");
        }
        return value.filter(Node.Sequence.class::isInstance)
                .map(list -> ((Node.Sequence) list).items())
                .orElse(List.of());
    }
}
