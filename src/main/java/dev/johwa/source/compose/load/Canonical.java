package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.CleanPath;
import dev.johwa.source.compose.text.Ports;
import dev.johwa.source.compose.text.Volumes;
import dev.johwa.source.compose.tree.GoText;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.Rules;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings each key into its long form: ports, volumes, `depends_on`, secrets, networks and the others that may be
/// written in several.
final class Canonical {
    private static final int MOST_PORTS = 65_536;
    private static final Patterns<Rules.Rule> RULES = rules();

    private Canonical() {}

    /// @throws ProblemException with all short forms that mean nothing
    static Mapping of(Mapping tree) {
        return Rules.rewrite(tree, RULES);
    }

    private static Patterns<Rules.Rule> rules() {
        var rules = new Patterns<Rules.Rule>();
        var containers = List.of("services.*.", "jobs.*.", "services.*.pre_start.*.");
        rules.add(containers, "env_file", (value, path, _) -> envFiles(value, path));
        rules.add(containers, "label_file", (value, _, _) -> listed(value));
        rules.add(containers, "gpus", Canonical::gpus);
        rules.add(containers, "networks", (value, path, _) -> named(value, path));
        rules.add(containers, "models", (value, path, _) -> named(value, path));
        rules.add(containers, "volumes.*", (value, path, _) -> volume(value, path));
        rules.add(containers, "dns", (value, _, _) -> withoutEmpty(listed(value)));
        rules.add(containers, "devices.*", (value, path, _) -> device(value, path));
        rules.add(containers, "secrets.*", (value, path, _) -> longOf(value, path, "source"));
        rules.add(containers, "configs.*", (value, path, _) -> longOf(value, path, "source"));
        rules.add(containers, "ulimits.*", (value, path, _) -> ulimit(value, path));
        var workloads = List.of("services.*.", "jobs.*.");
        rules.add(workloads, "build", Canonical::build);
        rules.add(workloads, "build.secrets.*", (value, path, _) -> longOf(value, path, "source"));
        rules.add(workloads, "build.provenance", (value, _, _) -> shown(value));
        rules.add(workloads, "build.sbom", (value, _, _) -> shown(value));
        rules.add(workloads, "build.additional_contexts", (value, path, _) -> pairs(value, path));
        rules.add(workloads, "build.ssh", (value, path, _) -> ssh(value, path));
        rules.add(workloads, "build.ulimits.*", (value, path, _) -> ulimit(value, path));
        rules.add(workloads, "depends_on", (value, path, _) -> dependencies(value, path));
        rules.add(workloads, "extends", (value, path, _) -> longOf(value, path, "service"));
        rules.add(workloads, "ports", (value, path, _) -> ports(value, path));
        rules.add("jobs.*.triggers.schedule.*", (value, path, _) -> longOf(value, path, "cron"));
        rules.add("services.*.develop.watch.*.ignore", (value, _, _) -> listed(value));
        rules.add("services.*.develop.watch.*.include", (value, _, _) -> listed(value));
        for (var top : List.of("volumes", "networks", "secrets", "configs")) {
            rules.add(top + ".*", Canonical::external);
        }
        return rules;
    }

    static ProblemException wrong(Value value, TreePath path, String expected) {
        return Problem.user("compose.wrong-type", "'" + path + "' is " + value.kind())
                .at(value.place())
                .hint("write " + expected)
                .exception();
    }

    private static Value listed(Value value) {
        return value.asText() == null ? value : new Sequence(value.place(), List.of(value));
    }

    private static Value withoutEmpty(Value value) {
        return value instanceof Sequence(var place, List<Value> items)
                ? new Sequence(
                        place,
                        items.stream()
                                .filter(item -> !item.isNull() && !"".equals(item.asText()))
                                .toList())
                : value;
    }

    private static Value shown(Value value) {
        return value instanceof Scalar(var place, Object scalar) && value.asText() == null
                ? Value.of(place, GoText.of(scalar))
                : value;
    }

    /// A text is the value of one key.
    private static Value longOf(Value value, TreePath path, String key) {
        if (value instanceof Mapping) {
            return value;
        }
        if (value.asText() == null) {
            throw wrong(value, path, "a text or a map");
        }
        return Mapping.empty(value.place()).with(key, value);
    }

    private static Value envFiles(Value value, TreePath path) {
        if (!(listed(value) instanceof Sequence list)) {
            throw wrong(value, path, "a text or a list");
        }
        return list.map(item -> ((Mapping) longOf(item, path.item(), "path")).withDefault("required", true));
    }

    private static Value gpus(Value value, TreePath path, Rules all) {
        if (value.asText() != null) {
            return new Sequence(
                    value.place(), List.of(Mapping.empty(value.place()).withDefault("count", "all")));
        }
        if (!(value instanceof Sequence)) {
            throw wrong(value, path, "a list");
        }
        return all.below(value, path);
    }

    private static Value named(Value value, TreePath path) {
        if (!(value instanceof Sequence list)) {
            return value;
        }
        var entries = new LinkedHashMap<String, Value>();
        for (var item : list.items()) {
            if (item.asText() == null) {
                throw wrong(item, path.item(), "a text");
            }
            entries.put(item.asText(), new Scalar(item.place(), null));
        }
        return new Mapping(list.place(), entries, Map.of());
    }

    private static Value volume(Value value, TreePath path) {
        var text = value.asText();
        if (value instanceof Mapping) {
            return value;
        }
        if (text == null) {
            throw wrong(value, path, "a text or a map");
        }
        var mounted = Placed.at(value, () -> Volumes.read(text));
        var target = mounted.target().isEmpty() ? "" : CleanPath.of(mounted.target());
        var options = mounted.options();
        var volume = Mapping.empty(value.place()).withDefault("type", mounted.type());
        volume = mounted.source().isEmpty() ? volume : volume.withDefault("source", mounted.source());
        volume = volume.withDefault("target", target);
        volume = options.isReadOnly() ? volume.withDefault("read_only", true) : volume;
        boolean hasBind = mounted.isBind()
                || !options.propagation().isEmpty()
                || !options.selinux().isEmpty();
        volume = hasBind ? volume.with("bind", bind(value, mounted)) : volume;
        boolean hasVolume = !mounted.isBind() && !mounted.isBare() || options.isNoCopy();
        var empty = Mapping.empty(value.place());
        return hasVolume
                ? volume.with("volume", options.isNoCopy() ? empty.withDefault("nocopy", true) : empty)
                : volume;
    }

    private static Mapping bind(Value value, Volumes.Mounted mounted) {
        var options = mounted.options();
        var bind = Mapping.empty(value.place());
        bind = options.selinux().isEmpty() ? bind : bind.withDefault("selinux", options.selinux());
        bind = options.propagation().isEmpty() ? bind : bind.withDefault("propagation", options.propagation());
        return mounted.isBind() ? bind.withDefault("create_host_path", true) : bind;
    }

    private static Value device(Value value, TreePath path) {
        var text = value.asText();
        if (value instanceof Mapping) {
            return value;
        }
        var parts = text == null ? new String[0] : text.split(":", -1);
        if (parts.length == 0 || parts.length > 3) {
            throw wrong(value, path, "a device such as /dev/ttyUSB0:/dev/ttyUSB0:rw");
        }
        var target = parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0];
        return Mapping.empty(value.place())
                .withDefault("source", parts[0])
                .withDefault("target", target)
                .withDefault("permissions", parts.length == 3 ? parts[2] : "rwm");
    }

    private static Value ulimit(Value value, TreePath path) {
        if (value instanceof Mapping || value.isInteger()) {
            return value;
        }
        throw wrong(value, path, "a whole number or a map");
    }

    private static Value build(Value value, TreePath path, Rules all) {
        return value instanceof Mapping ? all.below(value, path) : longOf(value, path, "context");
    }

    private static Value pairs(Value value, TreePath path) {
        if (value instanceof Mapping) {
            return value;
        }
        if (!(value instanceof Sequence list)) {
            throw wrong(value, path, "a list or a map");
        }
        var entries = new LinkedHashMap<String, Value>();
        for (var item : list.items()) {
            var text = item.asText();
            int equals = text == null ? -1 : text.indexOf('=');
            if (text == null || equals < 0) {
                throw wrong(item, path, "name=value");
            }
            entries.put(text.substring(0, equals), Value.of(item.place(), text.substring(equals + 1)));
        }
        return new Mapping(list.place(), entries, Map.of());
    }

    private static Value ssh(Value value, TreePath path) {
        if (value instanceof Mapping) {
            return value;
        }
        if (!(value instanceof Sequence list)) {
            throw wrong(value, path, "a list or a map");
        }
        var entries = new LinkedHashMap<String, Value>();
        for (var item : list.items()) {
            var text = item.asText();
            int equals = text == null ? -1 : text.indexOf('=');
            if (text == null || equals < 0 && !text.equals("default")) {
                throw wrong(item, path, "default, or id=path");
            }
            entries.put(
                    equals < 0 ? text : text.substring(0, equals),
                    new Scalar(item.place(), equals < 0 ? null : text.substring(equals + 1)));
        }
        return new Mapping(list.place(), entries, Map.of());
    }

    private static Value dependencies(Value value, TreePath path) {
        var named = named(value, path);
        if (!(named instanceof Mapping mapping)) {
            throw wrong(value, path, "a list or a map");
        }
        var entries = new LinkedHashMap<String, Value>();
        mapping.entries().forEach((name, each) -> {
            boolean isListed = value instanceof Sequence;
            if (!isListed && !(each instanceof Mapping)) {
                throw wrong(each, path.next(name), "a map such as {condition: service_healthy}");
            }
            var dependency = each instanceof Mapping written ? written : Mapping.empty(each.place());
            entries.put(
                    name, dependency.withDefault("condition", "service_started").withDefault("required", true));
        });
        return new Mapping(mapping.place(), entries, mapping.keys());
    }

    private static Value ports(Value value, TreePath path) {
        if (!(value instanceof Sequence list)) {
            throw wrong(value, path, "a list");
        }
        var ports = new ArrayList<Value>();
        for (var item : list.items()) {
            if (item instanceof Mapping) {
                ports.add(item);
            } else if (item instanceof Scalar(var _, Object port) && (item.asText() != null || item.isInteger())) {
                Placed.at(item, () -> Ports.read(GoText.of(port))).forEach(each -> ports.add(port(item, each)));
            } else {
                throw wrong(item, path.item(), "a port");
            }
            if (ports.size() > MOST_PORTS) {
                throw wrong(value, path, "fewer ports");
            }
        }
        return new Sequence(list.place(), ports);
    }

    private static Mapping port(Value at, Ports.Mapped mapped) {
        var port = Mapping.empty(at.place()).withDefault("mode", "ingress");
        port = mapped.host().isEmpty() ? port : port.withDefault("host_ip", mapped.host());
        port = mapped.target() == 0 ? port : port.withDefault("target", (long) mapped.target());
        port = mapped.published().isEmpty() ? port : port.withDefault("published", mapped.published());
        return port.withDefault("protocol", mapped.protocol());
    }

    /// `external: {name: x}` is an old form of `external: true` and `name: x`.
    private static Value external(Value value, TreePath path, Rules all) {
        if (value.isNull()) {
            return value;
        }
        if (!(value instanceof Mapping)) {
            throw wrong(value, path, "a map");
        }
        var resource = (Mapping) all.below(value, path);
        if (!(resource.get("external") instanceof Mapping external)) {
            return resource;
        }
        var name = external.get("name");
        var changed = resource.with("external", Value.of(external.place(), true));
        var known = resource.get("name");
        if (name != null && known != null && !Value.isSame(name, known)) {
            throw Problem.user("compose.external", "'" + path + "' has two names")
                    .at(name.place())
                    .hint("keep 'name', and write external: true")
                    .exception();
        }
        return name == null || known != null ? changed : changed.with("name", name);
    }
}
