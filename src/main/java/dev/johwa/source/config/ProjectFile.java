package dev.johwa.source.config;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.source.config.ValueReader.Read;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What `johwa.yaml` says, checked, with the place of each value.
public final class ProjectFile {
    private static final Set<String> OF_APP = Set.of("environments");
    private static final Set<String> OF_PROJECT = Set.of("environments", "apps");

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
        try {
            return read(file, text);
        } catch (StackOverflowError e) {
            throw new ProblemException(
                    Problem.user("config.endless", "a value says the same so often that it cannot be read")
                            .at(Place.of(file))
                            .hint("look for a line of many thousand letters"),
                    e);
        }
    }

    private static ProjectFile read(String file, String text) {
        var problems = new ArrayList<Problem>();
        var root = Yaml.read(file, text, problems);
        var parsed = none();
        if (root.isPresent() && !(root.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            if (!(root.get() instanceof Node.Mapping mapping)) {
                throw Problem.user(
                                "config.wrong-type", "the file is " + root.get().kind())
                        .at(root.get().place())
                        .hint("write keys and values, such as `port: 3000`")
                        .exception();
            }
            parsed = new ProjectFile(project(mapping, problems), apps(mapping, problems));
            parsed.requireOneEnvironmentEach(problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return parsed;
    }

    private static Section project(Node.Mapping mapping, List<Problem> problems) {
        var values = new ValueReader(Key.Section.PROJECT, problems).read(mapping, OF_PROJECT);
        return section(values, mapping, Key.Section.ENVIRONMENT, problems);
    }

    private static Section app(Node.Mapping mapping, List<Problem> problems) {
        var values = new ValueReader(Key.Section.APP, problems).read(mapping, OF_APP);
        return section(values, mapping, Key.Section.APP_ENVIRONMENT, problems);
    }

    private static Section section(
            Map<String, Read> values, Node.Mapping mapping, Key.Section below, List<Problem> problems) {
        var environments = new LinkedHashMap<String, Map<String, Read>>();
        named(mapping, "environments", problems)
                .forEach((name, node) -> environments.put(name, new ValueReader(below, problems).read(node, Set.of())));
        return new Section(values, environments);
    }

    private static Map<String, Section> apps(Node.Mapping mapping, List<Problem> problems) {
        var apps = new LinkedHashMap<String, Section>();
        named(mapping, "apps", problems).forEach((name, node) -> apps.put(name, app(node, problems)));
        return apps;
    }

    private static Map<String, Node.Mapping> named(Node.Mapping mapping, String section, List<Problem> problems) {
        var found = new LinkedHashMap<String, Node.Mapping>();
        mapping.entries().forEach((key, node) -> {
            if (!key.text().equals(section)) {
                return;
            }
            switch (node) {
                case Node.Mapping names -> named(section, names, found, problems);
                case Node.Scalar scalar when scalar.isNull() -> {}
                case Node.Scalar _, Node.Sequence _ ->
                    problems.add(wrong(section, node).hint("write a map of names"));
            }
        });
        return found;
    }

    /// A name without keys is a name all the same.
    private static void named(
            String section, Node.Mapping names, Map<String, Node.Mapping> found, List<Problem> problems) {
        names.entries().forEach((name, keys) -> {
            if (!new ValueReader(Key.Section.PROJECT, problems).isLabel(name)) {
                return;
            }
            switch (keys) {
                case Node.Mapping each -> found.put(name.text(), each);
                case Node.Scalar scalar
                when scalar.isNull() -> found.put(name.text(), new Node.Mapping(scalar.place(), Map.of()));
                case Node.Scalar _, Node.Sequence _ ->
                    problems.add(wrong(section + "." + name.text(), keys).hint("write a map of keys"));
            }
        });
    }

    private static Problem wrong(String path, Node node) {
        return Problem.user("config.wrong-type", "'" + path + "' is " + node.kind())
                .at(node.place());
    }

    /// A branch goes to one environment only.
    private void requireOneEnvironmentEach(List<Problem> problems) {
        var taken = new LinkedHashMap<Object, String>();
        general.environments().forEach((name, values) -> {
            var branch = values.get("branch");
            var other = branch == null ? null : taken.putIfAbsent(branch.value(), name);
            if (branch != null && other != null) {
                problems.add(Problem.user(
                                "config.branch-twice", "branch '" + branch.value() + "' goes to " + other + " already")
                        .at(branch.place())
                        .hint("leave one of them out"));
            }
        });
    }

    /// As the file names the project.
    public Optional<String> name() {
        return Optional.ofNullable(general.values().get("name")).map(read -> String.valueOf(read.value()));
    }

    /// The environments that the file names, of the project or of one of its apps.
    public Set<String> environments() {
        var names = new LinkedHashSet<>(general.environments().keySet());
        apps.values().forEach(app -> names.addAll(app.environments().keySet()));
        return names;
    }

    /// The branches that the file gives to environments.
    public List<String> branches() {
        return general.environments().values().stream()
                .flatMap(values -> Stream.ofNullable(values.get("branch")))
                .map(read -> String.valueOf(read.value()))
                .toList();
    }

    Section general() {
        return general;
    }

    Map<String, Section> apps() {
        return apps;
    }
}
