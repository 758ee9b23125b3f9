package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import dev.johwa.watch.chaos.Experiment.Activity;
import dev.johwa.watch.chaos.Experiment.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads probes and actions.
final class ActivityReader {
    private static final List<String> KEYS = List.of(
            "type",
            "name",
            "provider",
            "tolerance",
            "pauses",
            "background",
            "timeout",
            "controls",
            "secrets",
            "configuration",
            "dry");
    private static final List<String> HTTP =
            List.of("type", "url", "method", "headers", "arguments", "timeout", "verify_tls", "max_retries", "secrets");
    private static final List<String> PROCESS = List.of("type", "path", "arguments", "timeout", "secrets");
    private static final List<String> TYPES = List.of("probe", "action");

    private final Reading reading;
    private final ToleranceReader tolerances;
    private final Map<String, Activity> byName = new HashMap<>();

    ActivityReader(Reading reading) {
        this.reading = reading;
        this.tolerances = new ToleranceReader(reading);
    }

    /// An activity, or the name of one.
    sealed interface Read {
        record Whole(Activity activity) implements Read {}

        record Ref(Place place, String name) implements Read {}
    }

    Optional<Read> readOrRef(Node node) {
        if (node instanceof Node.Mapping map && Reading.get(map, "ref").isPresent()) {
            return Optional.of(new Read.Ref(map.place(), reading.text(map, "ref", "the reference")));
        }
        return read(node, false).map(Read.Whole::new);
    }

    /// @param hasTolerance whether it is of the hypothesis, where each says what may be
    Optional<Activity> read(Node node, boolean hasTolerance) {
        if (!(node instanceof Node.Mapping map)) {
            reading.wrong(node.place(), "an activity is " + node.kind(), "write a map with type, name and provider");
            return Optional.empty();
        }
        reading.known(map, KEYS);
        var name = reading.text(map, "name", "the activity");
        var type = reading.text(map, "type", "the activity");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            reading.wrong(
                    map.place(),
                    "an activity is no '" + type + "'",
                    Near.question(type, TYPES).orElse("probe or action"));
        }
        for (var key : List.of("controls", "dry")) {
            Reading.get(map, key)
                    .ifPresent(value -> reading.unsupported(
                            value.place(), key + " of an activity are not read here", "leave them to `chaos run`"));
        }
        var provider = reading.map(map, "provider");
        if (provider.isEmpty()) {
            reading.wrong(map.place(), "the activity has no provider", "write provider: {type: http, url: …}");
        }
        var tolerance = Reading.get(map, "tolerance").flatMap(tolerances::read);
        if (hasTolerance && Reading.get(map, "tolerance").isEmpty()) {
            reading.wrong(map.place(), "a probe of the hypothesis has no tolerance", "write tolerance: 200");
        }
        return provider.flatMap(this::provider).map(found -> kept(map, name, type, found, tolerance));
    }

    private Activity kept(
            Node.Mapping map, String name, String type, Provider provider, Optional<Tolerance> tolerance) {
        var pauses = reading.map(map, "pauses");
        var activity = new Activity(
                name,
                type,
                provider,
                tolerance,
                pauses.flatMap(each -> pause(each, "before")),
                pauses.flatMap(each -> pause(each, "after")),
                isBackground(map),
                Plain.map(map));
        byName.put(name, activity);
        return activity;
    }

    private boolean isBackground(Node.Mapping map) {
        var value = Reading.get(map, "background");
        var plain = value.map(Plain::of);
        if (value.isPresent() && !(plain.orElse("") instanceof Boolean)) {
            reading.wrong(value.get().place(), "background is " + value.get().kind(), "write true or false");
        }
        return plain.equals(Optional.of(true));
    }

    private Optional<Object> pause(Node.Mapping pauses, String key) {
        var value = Reading.get(pauses, key);
        var plain = value.map(Plain::of);
        boolean isSound = plain.isEmpty()
                || plain.get() instanceof Number
                || plain.get() instanceof String text && text.startsWith("${") && text.endsWith("}");
        if (!isSound) {
            reading.wrong(
                    value.orElse(pauses).place(),
                    "the pause " + key + " is no number of seconds",
                    "write 2, or ${name}");
        }
        return plain;
    }

    private Optional<Provider> provider(Node.Mapping map) {
        var type = reading.text(map, "type", "the provider");
        return switch (type) {
            case "http" -> http(map);
            case "process" -> process(map);
            case "python" -> {
                reading.unsupported(
                        map.place(),
                        "the provider python is not played here",
                        "call it by a process: path: python3, arguments: [-c, …], or play the file by `chaos run`");
                yield Optional.empty();
            }
            case "" -> Optional.empty();
            case String other -> {
                reading.wrong(
                        map.place(),
                        "there is no provider '" + other + "'",
                        Near.question(other, List.of("http", "process", "python"))
                                .orElse("http or process"));
                yield Optional.empty();
            }
        };
    }

    private Optional<Provider> http(Node.Mapping map) {
        reading.known(map, HTTP);
        var headers = reading.map(map, "headers").map(Plain::map).orElse(Map.of());
        var method =
                Reading.get(map, "method").map(Plain::of).map(String::valueOf).orElse("GET");
        return Optional.of(new Provider.Http(
                reading.text(map, "url", "the http provider"),
                method,
                headers,
                Reading.get(map, "arguments").map(Plain::of),
                Reading.get(map, "timeout").map(Plain::of)));
    }

    private Optional<Provider> process(Node.Mapping map) {
        reading.known(map, PROCESS);
        var path = reading.text(map, "path", "the process provider");
        var arguments = Reading.get(map, "arguments");
        if (path.equals(OwnWords.PROGRAM)) {
            requireSound(arguments.orElse(map));
        }
        return Optional.of(new Provider.Program(
                path, arguments.map(Plain::of), Reading.get(map, "timeout").map(Plain::of)));
    }

    /// Words that names of the configuration stand in are known later.
    private void requireSound(Node arguments) {
        var words = words(Plain.of(arguments));
        if (words.stream().anyMatch(word -> word.contains("$"))) {
            return;
        }
        try {
            OwnWords.read(words);
        } catch (ProblemException e) {
            e.problems().forEach(problem -> reading.problems().add(problem.at(arguments.place())));
        }
    }

    /// Of the arguments of a program.
    static List<String> words(@Nullable Object arguments) {
        return switch (arguments) {
            case List<?> list -> Plain.words(list);
            case Map<?, ?> map -> {
                var words = new ArrayList<Object>();
                map.forEach((key, value) -> {
                    words.add(key);
                    words.add(value == null ? "" : value);
                });
                yield Plain.words(words);
            }
            case String text -> List.of(text.strip().split("\\s+", -1));
            case null, default -> List.of();
        };
    }

    /// Names of activities as the activities that they are of.
    List<Activity> resolved(List<Read> all) {
        var resolved = new ArrayList<Activity>();
        for (var each : all) {
            switch (each) {
                case Read.Whole whole -> resolved.add(whole.activity());
                case Read.Ref ref -> {
                    var found = Optional.ofNullable(byName.get(ref.name()));
                    if (found.isEmpty()) {
                        reading.wrong(
                                ref.place(),
                                "there is no activity '" + ref.name() + "'",
                                Near.question(ref.name(), byName.keySet()).orElse("name one of this file"));
                    }
                    found.ifPresent(resolved::add);
                }
            }
        }
        return resolved;
    }
}
