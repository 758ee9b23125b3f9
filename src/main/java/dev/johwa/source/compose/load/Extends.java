package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Document.Resets;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Merges each service with the one that it extends, of this file or another.
final class Extends {
    private final Layers layers;
    private final Scope scope;
    private final Path file;
    private final Map<Path, Layers.Base> bases = new HashMap<>();

    Extends(Layers layers, Scope scope, Path file) {
        this.layers = layers;
        this.scope = scope;
        this.file = file;
    }

    /// A service that is being merged, and in which file it was named.
    private record Step(String file, String service) {}

    /// @param way the services on the way to this one
    private record Way(List<Step> way, Resets resets) {
        Way next(Step step, Value at) {
            if (way.contains(step)) {
                var names = way.stream().map(Step::service).collect(Collectors.joining(" → "));
                throw Problem.user(
                                "compose.extends-cycle",
                                "services extend each other in a circle: " + names + " → " + step.service)
                        .at(at.place())
                        .hint("leave one 'extends' out")
                        .exception();
            }
            var longer = new ArrayList<>(way);
            longer.add(step);
            return new Way(List.copyOf(longer), resets);
        }

        Way with(Resets others) {
            return new Way(way, others);
        }
    }

    /// @throws ProblemException with all that cannot be extended
    Mapping apply(Mapping tree, Resets resets) {
        var problems = new ArrayList<Problem>();
        var merged = tree;
        for (var key : List.of("services", "jobs")) {
            var value = tree.get(key);
            if (value == null) {
                continue;
            }
            if (!(value instanceof Mapping services)) {
                throw wrong(value, "'" + key + "' is " + value.kind(), "write a map");
            }
            merged = merged.with(key, all(services, resets, problems));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return merged;
    }

    private Mapping all(Mapping services, Resets resets, List<Problem> problems) {
        var entries = new LinkedHashMap<>(services.entries());
        for (var name : services.entries().keySet()) {
            try {
                entries.put(name, merged(name, entries, new Way(List.of(), resets)));
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        return new Mapping(services.place(), entries, services.keys());
    }

    private Value merged(String name, Map<String, Value> services, Way way) {
        var value = services.get(name);
        if (value == null || value.isNull()) {
            return value == null ? new Value.Scalar(Place.of(""), null) : value;
        }
        if (!(value instanceof Mapping service)) {
            throw wrong(value, "the service '" + name + "' is " + value.kind(), "write a map");
        }
        var extended = service.get("extends");
        if (extended == null) {
            return service;
        }
        var wanted = wanted(name, extended);
        var from = wanted.file == null ? null : base(wanted);
        var others = from == null ? services : services(from, wanted);
        if (!others.containsKey(wanted.service)) {
            throw wrong(
                    extended,
                    "'" + name + "' extends '" + wanted.service + "', and there is no such service in "
                            + wanted.where(),
                    "name one of " + String.join(", ", others.keySet()));
        }
        var step = new Step(wanted.file == null ? file.toString() : wanted.file, name);
        var further = way.next(step, extended).with(from == null ? way.resets : from.resets());
        var base = merged(wanted.service, others, further);
        if (!(base instanceof Mapping mapping)) {
            return service;
        }
        var kept = service(way.resets.apply(map("services", map(name, mapping))), name);
        var merged = Merge.service(kept, service).without("extends");
        services.put(name, merged);
        return merged;
    }

    private static Mapping map(String key, Mapping value) {
        return Mapping.empty(value.place()).with(key, value);
    }

    private static Mapping service(Mapping tree, String name) {
        return tree.get("services") instanceof Mapping services && services.get(name) instanceof Mapping service
                ? service
                : Mapping.empty(tree.place());
    }

    private record Wanted(
            Value at, String service, @Nullable String file, String here) {
        String where() {
            return file == null ? here : file;
        }
    }

    private Wanted wanted(String name, Value extended) {
        var here = layers.disk().shown(file);
        if (extended instanceof Mapping mapping) {
            var service = mapping.text("service");
            if (service == null) {
                throw wrong(extended, "'" + name + "' extends no service", "add the key 'service'");
            }
            var named = mapping.get("file");
            if (named != null && !named.isNull() && named.asText() == null) {
                throw wrong(named, "'file' is " + named.kind(), "write a text");
            }
            return new Wanted(extended, service, named == null ? null : named.asText(), here);
        }
        var service = extended.asText();
        if (service == null) {
            throw wrong(extended, "'" + name + "' extends " + extended.kind(), "write the name of a service");
        }
        return new Wanted(extended, service, null, here);
    }

    private Layers.Base base(Wanted wanted) {
        return Placed.at(wanted.at, () -> {
            var path = scope.folder()
                    .resolve(Disk.path(String.valueOf(wanted.file)))
                    .normalize();
            var known = bases.get(path);
            if (known == null) {
                known = layers.base(path, scope);
                bases.put(path, known);
            }
            return known;
        });
    }

    private static Map<String, Value> services(Layers.Base base, Wanted wanted) {
        var services = base.tree().get("services");
        if (!(services instanceof Mapping mapping)) {
            throw wrong(wanted.at, wanted.file + " has no services", "name a file that has some");
        }
        return new LinkedHashMap<>(mapping.entries());
    }

    private static ProblemException wrong(Value value, String what, String hint) {
        return Problem.user("compose.extends", what)
                .at(value.place())
                .hint(hint)
                .exception();
    }
}
