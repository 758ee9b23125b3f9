package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
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
import java.util.HashMap;
import java.util.List;

/// Keeps one item for each key in lists whose items have keys: ports by what is published, volumes by target,
/// environment by name. The last counts, at the place of the first.
final class Unique {
    private static final Patterns<Rules.Rule> RULES = rules();

    private Unique() {}

    @FunctionalInterface
    private interface Index {
        String key(Value item, TreePath path);
    }

    /// @throws ProblemException where items are of no form that has a key
    static Mapping enforce(Mapping tree) {
        return Rules.rewrite(tree, RULES);
    }

    static Sequence pairs(Sequence list, TreePath path) {
        return unique(list, path, Unique::name);
    }

    private static Sequence unique(Sequence list, TreePath path, Index index) {
        var items = new ArrayList<Value>();
        var places = new HashMap<String, Integer>();
        for (var item : list.items()) {
            var known = places.putIfAbsent(index.key(item, path), items.size());
            if (known == null) {
                items.add(item);
            } else {
                items.set(known, item);
            }
        }
        return new Sequence(list.place(), items);
    }

    private static Patterns<Rules.Rule> rules() {
        var rules = new Patterns<Rules.Rule>();
        for (var key : List.of(
                "annotations",
                "build.args",
                "build.additional_contexts",
                "build.tags",
                "build.labels",
                "cap_add",
                "cap_drop",
                "deploy.labels",
                "dns",
                "dns_opt",
                "dns_search",
                "environment",
                "labels",
                "links",
                "networks.*.aliases",
                "networks.*.link_local_ips",
                "profiles",
                "sysctls",
                "tmpfs")) {
            add(rules, "services.*." + key, Unique::name);
        }
        add(rules, "networks.*.labels", Unique::name);
        add(rules, "networks.*.ipam.options", Unique::name);
        add(rules, "services.*.devices", Unique::device);
        add(rules, "services.*.configs", (item, path) -> mount(item, path, ""));
        add(rules, "services.*.secrets", (item, path) -> mount(item, path, "/run/secrets"));
        add(rules, "services.*.env_file", Unique::envFile);
        add(rules, "services.*.expose", Unique::exposed);
        add(rules, "services.*.ports", Unique::port);
        add(rules, "services.*.volumes", Unique::volume);
        return rules;
    }

    private static void add(Patterns<Rules.Rule> rules, String pattern, Index index) {
        rules.add(
                pattern,
                (value, path, all) ->
                        value instanceof Sequence list ? unique(list, path, index) : all.below(value, path));
    }

    private static String name(Value item, TreePath path) {
        var text = item.asText();
        if (text == null) {
            throw wrong(item, path, "a text");
        }
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    private static String volume(Value item, TreePath path) {
        if (item instanceof Mapping mapping) {
            return target(mapping, path);
        }
        var text = item.asText();
        return text == null ? "" : Placed.at(item, () -> Volumes.read(text)).target();
    }

    private static String target(Mapping mapping, TreePath path) {
        var target = mapping.text("target");
        if (target == null) {
            throw Problem.user("compose.missing-key", "'" + path + "' has an item without a target")
                    .at(mapping.place())
                    .hint("add the key 'target'")
                    .exception();
        }
        return target;
    }

    private static String device(Value item, TreePath path) {
        if (item instanceof Mapping mapping) {
            return target(mapping, path);
        }
        var text = item.asText();
        var parts = (text == null ? "" : text).split(":", -1);
        return parts.length == 1 ? parts[0] : parts[1];
    }

    private static String exposed(Value item, TreePath path) {
        if (item instanceof Scalar(var _, Object port) && (item.asText() != null || item.isInteger())) {
            return GoText.of(port);
        }
        throw wrong(item, path, "a port");
    }

    private static String mount(Value item, TreePath path, String folder) {
        var text = item.asText();
        if (text != null) {
            return folder + "/" + text;
        }
        if (!(item instanceof Mapping mapping)) {
            throw wrong(item, path, "a text or a map");
        }
        var target = mapping.get("target");
        if (target == null) {
            return folder + "/" + mapping.text("source");
        }
        if (target.asText() == null) {
            throw wrong(target, path, "a text");
        }
        return String.valueOf(target.asText());
    }

    private static String envFile(Value item, TreePath path) {
        var text = item.asText();
        if (text != null || !(item instanceof Mapping mapping)) {
            return String.valueOf(text);
        }
        if (mapping.text("path") == null) {
            throw Problem.user("compose.missing-key", "'" + path + "' has an item without a path")
                    .at(mapping.place())
                    .hint("add the key 'path'")
                    .exception();
        }
        return String.valueOf(mapping.text("path"));
    }

    /// A number and a text are not the same port, as with Compose.
    private static String port(Value item, TreePath path) {
        if (!(item instanceof Mapping mapping)) {
            return item instanceof Scalar(var _, Object port) ? GoText.of(port) : "";
        }
        if (!mapping.has("target")) {
            throw Problem.user("compose.missing-key", "'" + path + "' has an item without a target")
                    .at(mapping.place())
                    .hint("add the key 'target'")
                    .exception();
        }
        return part(mapping, "host_ip", "0.0.0.0")
                + " " + part(mapping, "published", "")
                + " " + part(mapping, "target", "")
                + " " + part(mapping, "protocol", "tcp");
    }

    private static String part(Mapping mapping, String key, String otherwise) {
        var value = mapping.get(key);
        return value == null ? "'" + otherwise + "'" : value.kind();
    }

    private static ProblemException wrong(Value item, TreePath path, String expected) {
        return Problem.user("compose.wrong-type", "'" + path + "' holds " + item.kind())
                .at(item.place())
                .hint("write " + expected)
                .exception();
    }
}
