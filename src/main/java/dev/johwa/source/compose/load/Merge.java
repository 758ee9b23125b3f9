package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.GoText;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Merges what a later file says into what earlier ones said: maps by key, lists one behind the other without what
/// stands twice, scalars by the later; some keys have rules of their own.
final class Merge {
    private static final Patterns<Merger> SPECIAL = special();

    private Merge() {}

    @FunctionalInterface
    private interface Merger {
        Value merge(Value base, Value other, TreePath path);
    }

    /// @throws ProblemException `compose.merge` where the two are not of one kind
    static Mapping files(Mapping base, Mapping other) {
        return mappings(base, other, TreePath.TOP);
    }

    /// What a service says, over what it extends.
    static Mapping service(Mapping base, Mapping other) {
        return (Mapping) values(base, other, TreePath.of("services", "x"));
    }

    static Value values(Value base, Value other, TreePath path) {
        var special = SPECIAL.find(path);
        if (special != null) {
            return special.merge(base, other, path);
        }
        if (other.isNull()) {
            return base;
        }
        return switch (base) {
            case Mapping mapping when other instanceof Mapping theirs -> mappings(mapping, theirs, path);
            case Sequence sequence when other instanceof Sequence theirs -> appended(sequence, theirs);
            case Mapping _, Sequence _ -> throw unlike(base, other, path);
            case Scalar _ -> other;
        };
    }

    private static ProblemException unlike(Value base, Value other, TreePath path) {
        return Problem.user(
                        "compose.merge",
                        "'" + path + "' is " + other.kind() + " here, and " + base.kind()
                                + " in what it is merged with (" + base.place() + ")")
                .at(other.place())
                .hint("write it in the same form, or put !override before it")
                .exception();
    }

    private static Mapping mappings(Mapping base, Mapping other, TreePath path) {
        var entries = new LinkedHashMap<>(base.entries());
        other.entries().forEach((key, value) -> {
            var mine = entries.get(key);
            entries.put(key, mine == null ? value : values(mine, value, path.next(key)));
        });
        var keys = new LinkedHashMap<>(base.keys());
        keys.putAll(other.keys());
        return new Mapping(base.place(), entries, keys);
    }

    private static Sequence appended(Sequence base, Sequence other) {
        var items = new ArrayList<>(base.items());
        for (var item : other.items()) {
            if (items.stream().noneMatch(each -> Value.isSame(each, item))) {
                items.add(item);
            }
        }
        return new Sequence(base.place(), items);
    }

    private static Patterns<Merger> special() {
        var special = new Patterns<Merger>().add("networks.*.ipam.config", Merge::pools);
        for (var top : List.of("networks", "volumes", "secrets", "configs")) {
            special.add(top + ".*.labels", Merge::pairs);
        }
        special.add("services.*.deploy.labels", Merge::pairs);
        var containers = List.of("services.*.", "jobs.*.");
        for (var key : List.of(
                "annotations",
                "build.args",
                "build.additional_contexts",
                "build.labels",
                "environment",
                "labels",
                "sysctls")) {
            special.add(containers, key, Merge::pairs);
        }
        for (var key : List.of(
                "build.extra_hosts",
                "dns",
                "dns_opt",
                "dns_search",
                "env_file",
                "label_file",
                "extra_hosts",
                "tmpfs")) {
            special.add(containers, key, (base, other, _) -> appended(sequence(base), sequence(other)));
        }
        for (var key : List.of("command", "entrypoint", "healthcheck.test")) {
            special.add(containers, key, (_, other, _) -> other);
        }
        addMaps(special, containers);
        return special;
    }

    private static void addMaps(Patterns<Merger> special, List<String> containers) {
        var dependency = new LinkedHashMap<String, Object>();
        dependency.put("condition", "service_started");
        dependency.put("required", true);
        special.add(containers, "build", Merge::builds);
        special.add(containers, "depends_on", (base, other, path) -> byName(base, other, dependency, path));
        special.add(containers, "models", (base, other, path) -> byName(base, other, Map.of(), path));
        special.add(containers, "networks", (base, other, path) -> byName(base, other, Map.of(), path));
        special.add(containers, "logging", Merge::logging);
        special.add(
                containers,
                "ulimits.*",
                (base, other, path) -> base instanceof Mapping mapping && other instanceof Mapping theirs
                        ? mappings(mapping, theirs, path)
                        : other);
    }

    private static Value pairs(Value base, Value other, TreePath path) {
        var items = new ArrayList<>(sequence(base).items());
        items.addAll(sequence(other).items());
        return Unique.pairs(new Sequence(other.place(), items), path);
    }

    /// `KEY=value` for each of a map, sorted; a text as a list of itself.
    private static Sequence sequence(Value value) {
        return switch (value) {
            case Sequence sequence -> sequence;
            case Mapping mapping -> {
                var items = new ArrayList<Value>();
                mapping.entries().forEach((key, each) -> pair(key, each, items));
                items.sort((one, two) -> String.valueOf(one.asText()).compareTo(String.valueOf(two.asText())));
                yield new Sequence(mapping.place(), items);
            }
            case Scalar scalar ->
                new Sequence(scalar.place(), scalar.value() instanceof String ? List.of(scalar) : List.of());
        };
    }

    private static void pair(String key, Value value, List<Value> items) {
        switch (value) {
            case Sequence(var _, List<Value> each) -> each.forEach(one -> pair(key, one, items));
            case Scalar(var place, Object scalar) ->
                items.add(Value.of(place, scalar == null ? key : key + "=" + GoText.of(scalar)));
            case Mapping mapping -> items.add(Value.of(mapping.place(), key + "=" + mapping.kind()));
        }
    }

    private static Value builds(Value base, Value other, TreePath path) {
        return mappings(build(base), build(other), path);
    }

    private static Mapping build(Value value) {
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        var empty = Mapping.empty(value.place());
        return value.asText() == null ? empty : empty.with("context", value);
    }

    private static Value byName(Value base, Value other, Map<String, Object> defaults, TreePath path) {
        return mappings(named(base, defaults, path), named(other, defaults, path), path);
    }

    private static Mapping named(Value value, Map<String, Object> defaults, TreePath path) {
        return switch (value) {
            case Mapping mapping -> mapping;
            case Sequence sequence -> {
                var entries = new LinkedHashMap<String, Value>();
                for (var item : sequence.items()) {
                    if (item.asText() == null) {
                        throw Problem.user("compose.wrong-type", "'" + path + "[]' is " + item.kind())
                                .at(item.place())
                                .hint("write a text")
                                .exception();
                    }
                    entries.put(item.asText(), defaults(item, defaults));
                }
                yield new Mapping(sequence.place(), entries, Map.of());
            }
            case Scalar scalar when scalar.isNull() -> Mapping.empty(scalar.place());
            case Scalar(var place, String text) -> Mapping.empty(place).with(text, defaults(value, defaults));
            case Scalar scalar ->
                throw Problem.user("compose.wrong-type", "'" + path + "' is " + scalar.kind())
                        .at(scalar.place())
                        .hint("write a list or a map")
                        .exception();
        };
    }

    private static Value defaults(Value at, Map<String, Object> defaults) {
        if (defaults.isEmpty()) {
            return new Scalar(at.place(), null);
        }
        var mapping = Mapping.empty(at.place());
        for (var each : defaults.entrySet()) {
            mapping = mapping.withDefault(each.getKey(), each.getValue());
        }
        return mapping;
    }

    /// Options of another driver mean nothing to this one.
    private static Value logging(Value base, Value over, TreePath path) {
        if (!(base instanceof Mapping mine) || !(over instanceof Mapping theirs)) {
            throw unlike(base, over, path);
        }
        var driver = mine.get("driver");
        var other = theirs.get("driver");
        boolean isSame = driver == null || other == null || Value.isSame(driver, other);
        return isSame ? mappings(mine, theirs, path) : theirs;
    }

    private static Value pools(Value base, Value other, TreePath path) {
        if (!(base instanceof Sequence mine) || !(other instanceof Sequence theirs)) {
            throw unlike(base, other, path);
        }
        var pools = new ArrayList<Mapping>();
        for (var original : mine.items()) {
            var right = named(original, Map.of(), path);
            for (var each : theirs.items()) {
                right = pool(right, named(each, Map.of(), path), pools, path);
            }
        }
        return new Sequence(base.place(), List.copyOf(pools));
    }

    private static Mapping pool(Mapping right, Mapping left, List<Mapping> pools, TreePath path) {
        boolean isOther = !isSubnet(left, right);
        if (isOther && pools.stream().noneMatch(pool -> isSubnet(pool, left))) {
            pools.add(left);
            return right;
        }
        var merged = mappings(right, left, path);
        pools.replaceAll(pool -> pool == right ? merged : pool);
        for (int i = 0; i < pools.size(); i++) {
            if (isSubnet(pools.get(i), merged)) {
                pools.set(i, merged);
                return merged;
            }
        }
        pools.add(merged);
        return merged;
    }

    private static boolean isSubnet(Mapping one, Mapping other) {
        var mine = one.get("subnet");
        var theirs = other.get("subnet");
        return mine == null || theirs == null ? mine == theirs : Value.isSame(mine, theirs);
    }
}
