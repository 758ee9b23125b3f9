package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.config.ValueReader.Read;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What `johwa.yaml` says, checked, with the place of each value.
public final class ProjectFile {
    private static final Set<String> SECTIONS = Set.of("environments", "apps");

    private final Section general;
    private final Map<String, Section> apps;

    private ProjectFile(Section general, Map<String, Section> apps) {
        this.general = general;
        this.apps = apps;
    }

    /// Keys of an app: the general ones, and those of its environments.
    record Section(Map<String, Read> values, Map<String, Map<String, Read>> environments) {
        static final Section EMPTY = new Section(Map.of(), Map.of());
    }

    /// A project without a file.
    public static ProjectFile none() {
        return new ProjectFile(Section.EMPTY, Map.of());
    }

    /// @throws ProblemException with every problem of the file
    static ProjectFile parse(String file, String text) {
        var problems = new ArrayList<Problem>();
        var root = Yaml.read(file, text);
        var parsed = none();
        if (root.isPresent() && !(root.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            if (!(root.get() instanceof Node.Mapping mapping)) {
                throw Problem.user(
                                "config.wrong-type", "the file is " + root.get().kind())
                        .at(root.get().place())
                        .hint("write keys and values, such as `port: 3000`")
                        .exception();
            }
            parsed = new ProjectFile(section(mapping, problems), apps(mapping, problems));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return parsed;
    }

    private static Section section(Node.Mapping mapping, List<Problem> problems) {
        var values = new ValueReader(problems).read(mapping, SECTIONS);
        var environments = new LinkedHashMap<String, Map<String, Read>>();
        named(mapping, "environments", problems)
                .forEach((name, node) -> environments.put(name, new ValueReader(problems).read(node, Set.of())));
        return new Section(values, environments);
    }

    private static Map<String, Section> apps(Node.Mapping mapping, List<Problem> problems) {
        var apps = new LinkedHashMap<String, Section>();
        named(mapping, "apps", problems).forEach((name, node) -> apps.put(name, section(node, problems)));
        return apps;
    }

    private static Map<String, Node.Mapping> named(Node.Mapping mapping, String section, List<Problem> problems) {
        var found = new LinkedHashMap<String, Node.Mapping>();
        mapping.entries().forEach((key, node) -> {
            if (!key.text().equals(section)) {
                return;
            }
            if (!(node instanceof Node.Mapping names)) {
                problems.add(Problem.user("config.wrong-type", "'" + section + "' is " + node.kind())
                        .at(node.place())
                        .hint("write a map of names"));
                return;
            }
            names.entries().forEach((name, keys) -> {
                if (keys instanceof Node.Mapping each) {
                    found.put(name.text(), each);
                } else if (!(keys instanceof Node.Scalar scalar && scalar.isNull())) {
                    problems.add(
                            Problem.user("config.wrong-type", "'" + section + "." + name.text() + "' is " + keys.kind())
                                    .at(keys.place())
                                    .hint("write a map of keys"));
                }
            });
        });
        return found;
    }

    Section general() {
        return general;
    }

    Map<String, Section> apps() {
        return apps;
    }
}
