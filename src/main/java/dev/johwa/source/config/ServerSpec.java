package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.config.ValueReader.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What the operators of the platform decided: `defaults` for what a project does not say, and `rules` that it cannot
/// leave: numbers, sizes and times are the most it may have, anything else is what it must have. `rules.test` runs for
/// every project, after its default tests.
public final class ServerSpec {
    private final Map<String, Read> defaults;
    private final Map<String, Read> rules;

    private ServerSpec(Map<String, Read> defaults, Map<String, Read> rules) {
        this.defaults = defaults;
        this.rules = rules;
    }

    /// A server without a spec.
    public static ServerSpec none() {
        return new ServerSpec(Map.of(), Map.of());
    }

    /// @throws ProblemException with every problem of the file
    public static ServerSpec parse(String file, String text) {
        var problems = new ArrayList<Problem>();
        var root = Yaml.read(file, text);
        if (root.isEmpty()) {
            return none();
        }
        if (!(root.get() instanceof Node.Mapping mapping)) {
            throw Problem.user("config.wrong-type", "the file is " + root.get().kind())
                    .at(root.get().place())
                    .hint("write the maps 'defaults' and 'rules'")
                    .exception();
        }
        var defaults = section(mapping, "defaults", problems);
        var rules = section(mapping, "rules", problems);
        mapping.entries().keySet().stream()
                .filter(key -> !Set.of("defaults", "rules").contains(key.text()))
                .forEach(key -> problems.add(Problem.user("config.unknown-key", "unknown key '" + key.text() + "'")
                        .at(key.place())
                        .hint("known here: defaults, rules")));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new ServerSpec(defaults, rules);
    }

    private static Map<String, Read> section(Node.Mapping mapping, String name, List<Problem> problems) {
        for (var entry : mapping.entries().entrySet()) {
            if (entry.getKey().text().equals(name) && entry.getValue() instanceof Node.Mapping keys) {
                return new ValueReader(problems).read(keys, Set.of());
            }
        }
        return Map.of();
    }

    Map<String, Read> defaults() {
        return defaults;
    }

    @SuppressWarnings("unchecked") // the reader puts lists of commands at the path of that form, and nothing else
    List<List<String>> tests() {
        var read = rules.get("test");
        return read == null ? List.of() : (List<List<String>>) read.value();
    }

    /// @throws ProblemException naming every value that leaves the rules
    void requireWithin(Layers layers) {
        var problems = new ArrayList<Problem>();
        var values = layers.values();
        var origins = layers.origins();
        rules.forEach((path, rule) -> {
            var value = values.get(path);
            if (path.equals("test") || value == null || keeps(value, rule.value())) {
                return;
            }
            var origin = Objects.requireNonNull(origins.get(path));
            var problem = Problem.user(
                            "config.rule", "'" + path + "' is " + value + "; this server allows " + rule.value())
                    .hint("rule of " + rule.place());
            problems.add(origin.where() == null ? problem : problem.at(origin.where()));
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static boolean keeps(Object value, Object rule) {
        if (value instanceof Number have && rule instanceof Number most) {
            return have.doubleValue() <= most.doubleValue();
        }
        if (value instanceof Duration have && rule instanceof Duration most) {
            return have.compareTo(most) <= 0;
        }
        return value.equals(rule);
    }
}
