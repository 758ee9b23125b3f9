package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.yaml.Node;
import dev.johwa.lib.yaml.Yaml;
import dev.johwa.watch.chaos.Experiment.Activity;
import dev.johwa.watch.chaos.Experiment.Hypothesis;
import dev.johwa.watch.chaos.Experiment.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads files of Chaos Toolkit by the rules of its own validation (chaostoolkit-lib 1.44, `experiment.py`,
/// `hypothesis.py`, `activity.py`); what could not be played here is refused with what to do instead.
final class ExperimentReader {
    private static final List<String> KEYS = List.of(
            "version",
            "title",
            "description",
            "tags",
            "contributions",
            "extensions",
            "configuration",
            "secrets",
            "controls",
            "steady-state-hypothesis",
            "method",
            "rollbacks",
            "runtime",
            "dry");
    /// What each gave is kept.
    private static final int MOST_ACTIVITIES = 200;

    private static final List<String> SETTING = List.of("type", "key", "default", "env_var_type");
    private static final List<String> TYPES =
            List.of("str", "string", "int", "integer", "float", "number", "bool", "json");

    private final Reading reading = new Reading();
    private final ActivityReader activities = new ActivityReader(reading);

    /// @return empty where nothing can be read, or something is wrong; then there are problems
    Optional<Experiment> read(String file, String text) {
        if (file.endsWith(".json")) {
            var broken = Json.syntax(file, text);
            if (broken.isPresent()) {
                reading.problems().add(broken.get());
                return Optional.empty();
            }
        }
        try {
            return read(file, Yaml.read(file, text, reading.problems()));
        } catch (ProblemException e) {
            reading.problems().addAll(e.problems());
            return Optional.empty();
        }
    }

    List<Problem> problems() {
        return reading.problems();
    }

    private Optional<Experiment> read(String file, Optional<Node> root) {
        if (root.isEmpty() || !(root.get() instanceof Node.Mapping map)) {
            reading.wrong(
                    root.map(Node::place).orElse(Place.of(file)),
                    "an experiment is a map",
                    "write title, description and method");
            return Optional.empty();
        }
        var experiment = experiment(map);
        return reading.problems().stream().anyMatch(Problem::isError) ? Optional.empty() : Optional.of(experiment);
    }

    private Experiment experiment(Node.Mapping map) {
        reading.known(map, KEYS);
        var title = reading.text(map, "title", "the experiment");
        reading.text(map, "description", "the experiment");
        reading.list(map, "tags").forEach(this::tag);
        refuse(map, "secrets", "process probes have the app's secrets in their environment: `johwa secrets set`");
        refuse(map, "controls", "leave them to `chaos run`, or do it by actions of the method");
        refuse(map, "dry", "`johwa chaos check` does nothing else");
        refuse(map, "runtime", "rollbacks are played unless a probe of the hypothesis fails");
        var configuration = configuration(map);
        var hypothesis = reading.map(map, "steady-state-hypothesis").map(this::hypothesis);
        if (Reading.get(map, "method").isEmpty()) {
            reading.wrong(
                    map.place(), "the experiment has no method", "write method: [] to look at the hypothesis only");
        }
        var method = all(map, "method");
        var rollbacks = all(map, "rollbacks");
        if (method.size() + rollbacks.size() > MOST_ACTIVITIES) {
            reading.unsupported(
                    map.place(), "more than " + MOST_ACTIVITIES + " activities are not played here", "take two files");
        }
        return new Experiment(
                title,
                hypothesis,
                activities.resolved(method),
                activities.resolved(rollbacks),
                configuration,
                Plain.map(map));
    }

    private void tag(Node tag) {
        if (!(tag instanceof Node.Scalar scalar)
                || !scalar.isText()
                || scalar.text().isEmpty()) {
            reading.wrong(tag.place(), "a tag is " + tag.kind(), "tags are texts");
        }
    }

    private void refuse(Node.Mapping map, String key, String instead) {
        Reading.get(map, key)
                .filter(value ->
                        !(value instanceof Node.Sequence list && list.items().isEmpty())
                                && !(value instanceof Node.Mapping inner
                                        && inner.entries().isEmpty()))
                .ifPresent(value ->
                        reading.unsupported(value.place(), key + " of an experiment are not read here", instead));
    }

    private Hypothesis hypothesis(Node.Mapping map) {
        reading.known(map, List.of("title", "probes", "controls"));
        refuse(map, "controls", "leave them to `chaos run`");
        var title = reading.text(map, "title", "the hypothesis");
        var probes = new ArrayList<Activity>();
        for (var node : reading.list(map, "probes")) {
            activities.read(node, true).ifPresent(probes::add);
        }
        return new Hypothesis(title, probes);
    }

    private List<ActivityReader.Read> all(Node.Mapping map, String key) {
        var read = new ArrayList<ActivityReader.Read>();
        reading.list(map, key).forEach(node -> activities.readOrRef(node).ifPresent(read::add));
        return read;
    }

    private Map<String, Setting> configuration(Node.Mapping map) {
        var settings = new LinkedHashMap<String, Setting>();
        reading.map(map, "configuration")
                .ifPresent(all -> all.entries()
                        .forEach((key, value) ->
                                setting(value).ifPresent(setting -> settings.put(key.text(), setting))));
        return settings;
    }

    private Optional<Setting> setting(Node value) {
        if (!(value instanceof Node.Mapping map) || Reading.get(map, "type").isEmpty()) {
            return Optional.ofNullable(Plain.of(value)).map(Setting.Inline::new);
        }
        var type = reading.text(map, "type", "the value");
        if (!type.equals("env")) {
            reading.unsupported(
                    map.place(),
                    "a value of type " + type + " is not read here",
                    "write it as it is, or take type: env");
            return Optional.empty();
        }
        reading.known(map, SETTING);
        var as = Reading.get(map, "env_var_type")
                .map(Plain::of)
                .map(String::valueOf)
                .orElse("str");
        if (!TYPES.contains(as)) {
            reading.wrong(map.place(), "env_var_type is '" + as + "'", "one of " + String.join(", ", TYPES));
        }
        return Optional.of(new Setting.FromEnvironment(
                reading.text(map, "key", "the value"),
                Reading.get(map, "default").map(Plain::of),
                as));
    }
}
