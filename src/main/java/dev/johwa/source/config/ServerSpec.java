package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.config.Origin.Layer;
import dev.johwa.source.config.ValueReader.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the operators of the platform decided: `defaults` for what a project does not say, and `rules` that it cannot
/// leave: numbers, sizes and times are the most it may have, anything else is what it must have. `rules.test` runs for
/// every project, after its default tests. `allow` names by project what of a compose file is refused to others.
public final class ServerSpec {
    private static final String ALLOW = "allow";
    private static final List<String> SECTIONS = List.of("defaults", "rules", ALLOW);

    private final Map<String, Read> defaults;
    private final Map<String, Read> rules;
    private final Map<String, Set<String>> allowed;

    private ServerSpec(Map<String, Read> defaults, Map<String, Read> rules, Map<String, Set<String>> allowed) {
        this.defaults = defaults;
        this.rules = rules;
        this.allowed = allowed;
    }

    /// A server without a spec.
    public static ServerSpec none() {
        return new ServerSpec(Map.of(), Map.of(), Map.of());
    }

    /// @throws ProblemException with every problem of the file
    public static ServerSpec parse(String file, String text) {
        var problems = new ArrayList<Problem>();
        var root = Yaml.read(file, text, problems);
        if (root.isEmpty() || (root.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            return none();
        }
        if (!(root.get() instanceof Node.Mapping mapping)) {
            throw Problem.user("config.wrong-type", "the file is " + root.get().kind())
                    .at(root.get().place())
                    .hint("write the maps 'defaults', 'rules' and 'allow'")
                    .exception();
        }
        var defaults = section(mapping, "defaults", problems);
        var rules = section(mapping, "rules", problems);
        var allowed = Allowed.in(mapping, ALLOW, problems);
        mapping.entries().keySet().stream()
                .filter(key -> !SECTIONS.contains(key.text()))
                .forEach(key -> problems.add(Problem.user("config.unknown-key", "unknown key '" + key.text() + "'")
                        .at(key.place())
                        .hint(Near.question(key.text(), SECTIONS)
                                .orElse("known here: " + String.join(", ", SECTIONS)))));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new ServerSpec(defaults, rules, allowed);
    }

    private static Map<String, Read> section(Node.Mapping mapping, String name, List<Problem> problems) {
        for (var entry : mapping.entries().entrySet()) {
            if (!entry.getKey().text().equals(name)) {
                continue;
            }
            switch (entry.getValue()) {
                case Node.Mapping keys -> {
                    return new ValueReader(Key.Section.SERVER, problems).read(keys, Set.of());
                }
                case Node.Scalar scalar when scalar.isNull() -> {}
                case Node.Scalar _, Node.Sequence _ ->
                    problems.add(Problem.user(
                                    "config.wrong-type",
                                    "'" + name + "' is " + entry.getValue().kind())
                            .at(entry.getValue().place())
                            .hint("write a map of the keys of johwa.yaml"));
            }
        }
        return Map.of();
    }

    /// What the compose file of a project may ask for that others may not.
    Set<String> allowed(String project) {
        return allowed.getOrDefault(project, Set.of());
    }

    Map<String, Read> defaults() {
        return defaults;
    }

    /// Whether a rule switches it off for all.
    boolean forbids(String path) {
        var rule = rules.get(path);
        return rule != null && rule.value().equals(false);
    }

    /// Where the tests stand that this server adds.
    Optional<Read> testRule() {
        return Optional.ofNullable(rules.get("test"));
    }

    @SuppressWarnings("unchecked") // the reader puts lists of commands at the path of that form, and nothing else
    List<List<String>> tests() {
        var read = rules.get("test");
        return read == null ? List.of() : (List<List<String>>) read.value();
    }

    /// Puts what a rule asks for where the project does not say anything else.
    ///
    /// @throws ProblemException naming every value of the project or its environment that leaves the rules
    void bind(Layers layers) {
        var problems = new ArrayList<Problem>();
        rules.forEach((path, rule) -> {
            var value = layers.get(path, Object.class);
            if (path.equals("test") || (value.isPresent() && keeps(value.get(), rule.value()))) {
                return;
            }
            var origin = layers.origin(path);
            if (value.isPresent() && origin.filter(Origin::isOfProject).isPresent()) {
                problems.add(left(path, value.get(), origin.get(), rule));
            } else {
                layers.put(path, rule.value(), new Origin(Layer.SERVER, rule.place()));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static Problem left(String path, Object value, Origin origin, Read rule) {
        var problem = Problem.user(
                        "config.rule",
                        "'" + path + "' is " + Written.text(value) + "; this server allows "
                                + (isMost(rule.value()) ? "at most " : "only ") + Written.text(rule.value()))
                .hint("the rule stands in " + rule.place());
        return origin.where() == null ? problem : problem.at(origin.where());
    }

    private static boolean isMost(Object rule) {
        return rule instanceof Number || rule instanceof Duration;
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
