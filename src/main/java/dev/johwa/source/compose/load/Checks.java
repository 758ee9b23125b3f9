package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.text.Ports;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.Rules;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.util.List;

/// What a schema cannot say: keys that exclude each other, addresses, paths that are empty.
final class Checks {
    private static final Patterns<Rules.Rule> RULES = rules();

    private Checks() {}

    /// @throws ProblemException with all that is wrong
    static void check(Mapping tree) {
        Rules.rewrite(tree, RULES);
    }

    private static Patterns<Rules.Rule> rules() {
        return new Patterns<Rules.Rule>()
                .add("volumes.*", (value, path, _) -> volume(value, path))
                .add("configs.*", (value, path, _) -> source(value, path, List.of("file", "environment", "content")))
                .add("secrets.*", (value, path, _) -> source(value, path, List.of("file", "environment")))
                .add("services.*.ports.*", (value, path, _) -> port(value, path))
                .add("services.*.develop.watch.*.path", (value, path, _) -> {
                    if ("".equals(value.asText())) {
                        throw wrong(value, "'" + path + "' is empty", "name a path");
                    }
                    return value;
                })
                .add("services.*.deploy.resources.reservations.devices.*", (value, path, _) -> device(value, path))
                .add("services.*.gpus.*", (value, path, _) -> device(value, path));
    }

    private static ProblemException wrong(Value value, String what, String hint) {
        return Problem.user("compose.contradiction", what)
                .at(value.place())
                .hint(hint)
                .exception();
    }

    private static Value volume(Value value, TreePath path) {
        boolean isExternal = value instanceof Mapping mapping
                && mapping.get("external") instanceof Value.Scalar(var _, Boolean external)
                && external;
        if (isExternal) {
            ((Mapping) value)
                    .entries().keySet().stream()
                            .filter(key -> !key.equals("name") && !key.equals("external") && !key.startsWith("x-"))
                            .findFirst()
                            .ifPresent(key -> {
                                throw wrong(
                                        value,
                                        "'" + path + "' is external and has '" + key + "'",
                                        "leave one of them out");
                            });
        }
        return value;
    }

    private static Value source(Value value, TreePath path, List<String> keys) {
        if (!(value instanceof Mapping mapping)) {
            return value;
        }
        var written = keys.stream().filter(mapping::has).toList();
        if (written.size() > 1) {
            throw wrong(value, "'" + path + "' has " + String.join(" and ", written), "keep one of them");
        }
        if (written.isEmpty() && !mapping.has("driver") && !mapping.has("external")) {
            throw wrong(value, "'" + path + "' does not say where it comes from", "add one of " + keys);
        }
        return value;
    }

    private static Value port(Value value, TreePath path) {
        var host = value instanceof Mapping mapping ? mapping.text("host_ip") : null;
        if (host != null && !Ports.isAddress(host)) {
            throw wrong(value, "'" + path + "': '" + host + "' is no address", "write an IP address");
        }
        return value;
    }

    private static Value device(Value value, TreePath path) {
        if (value instanceof Mapping mapping && mapping.has("count") && mapping.has("device_ids")) {
            throw wrong(value, "'" + path + "' has count and device_ids", "keep one of them");
        }
        return value;
    }
}
