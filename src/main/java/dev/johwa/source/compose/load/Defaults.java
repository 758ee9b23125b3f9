package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.Rules;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import java.util.List;

/// Adds what counts where nothing is said.
final class Defaults {
    private static final Patterns<Rules.Rule> RULES = rules();

    private Defaults() {}

    /// @throws ProblemException where a map is needed
    static Mapping add(Mapping tree) {
        return Rules.rewrite(tree, RULES);
    }

    private static Patterns<Rules.Rule> rules() {
        var workloads = List.of("services.*.", "jobs.*.");
        return new Patterns<Rules.Rule>()
                .add(workloads, "build", (value, _, _) -> withDefault(value, "context", "."))
                .add(workloads, "secrets.*", (value, path, _) -> {
                    var secret = map(value, path);
                    return secret.withDefault("target", "/run/secrets/" + secret.text("source"));
                })
                .add(
                        workloads,
                        "ports.*",
                        (value, _, _) -> withDefault(withDefault(value, "protocol", "tcp"), "mode", "ingress"))
                .add(workloads, "gpus.*", Defaults::device)
                .add("services.*.deploy.resources.reservations.devices.*", Defaults::device)
                .add(
                        workloads,
                        "volumes.*.bind",
                        (value, path, _) -> map(value, path).withDefault("create_host_path", true));
    }

    private static Value device(Value value, TreePath path, Rules all) {
        var device = map(value, path);
        return device.has("count") || device.has("device_ids") ? device : device.withDefault("count", "all");
    }

    private static Value withDefault(Value value, String key, Object wanted) {
        return value instanceof Mapping mapping ? mapping.withDefault(key, wanted) : value;
    }

    private static Mapping map(Value value, TreePath path) {
        if (value instanceof Mapping mapping) {
            return mapping;
        }
        throw Canonical.wrong(value, path, "a map");
    }
}
