package dev.johwa.source.compose.load;

import dev.johwa.lib.text.CleanPath;
import dev.johwa.source.compose.form.ContainerKeys;
import dev.johwa.source.compose.tree.GoText;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// Adds what follows from what is said: the default network, names of resources, dependencies on services whose
/// network, volumes or namespaces are shared, values of the environment.
final class Normal {
    private static final String SERVICE = "service:";

    private final Map<String, String> environment;
    private final String project;

    private Normal(Map<String, String> environment, String project) {
        this.environment = environment;
        this.project = project;
    }

    static Mapping of(Mapping tree, Map<String, String> environment, String project) {
        var normal = new Normal(environment, project);
        var networked = withNetworks(tree);
        for (var key : List.of("services", "jobs")) {
            networked = Layers.inMap(networked, key, containers -> Layers.each(containers, normal::container));
        }
        return normal.named(networked);
    }

    private static Mapping withNetworks(Mapping tree) {
        var changed = tree;
        boolean usesDefault = false;
        for (var key : List.of("services", "jobs")) {
            changed = Layers.inMap(changed, key, containers -> Layers.each(containers, Normal::withNetwork));
            usesDefault |= changed.get(key) instanceof Mapping containers
                    && containers.entries().values().stream().anyMatch(Normal::usesDefault);
        }
        var networks = changed.get("networks") instanceof Mapping mapping ? mapping : Mapping.empty(tree.place());
        if (usesDefault && !networks.has("default")) {
            networks = networks.with("default", new Scalar(tree.place(), null));
        }
        return networks.entries().isEmpty() ? changed : changed.with("networks", networks);
    }

    private static Mapping withNetwork(Mapping container) {
        boolean isOwn = container.has("provider") || container.has("network_mode");
        boolean isSaid = container.get("networks") instanceof Mapping said
                && !said.entries().isEmpty();
        if (isOwn || isSaid) {
            return container;
        }
        var none = Mapping.empty(container.place());
        return container.with("networks", none.with("default", new Scalar(container.place(), null)));
    }

    private static boolean usesDefault(Value container) {
        return container instanceof Mapping mapping
                && !mapping.has("provider")
                && !mapping.has("network_mode")
                && mapping.get("networks") instanceof Mapping networks
                && networks.has("default");
    }

    private Mapping container(Mapping container) {
        var changed = container;
        if ("if_not_present".equals(changed.text("pull_policy"))) {
            changed = changed.with("pull_policy", Value.of(changed.place(), "missing"));
        }
        changed = Layers.inMap(changed, "build", this::build);
        changed = with(changed, "environment", value -> resolved(value, true));
        changed = with(changed, "volumes", Normal::cleaned);
        var dependencies = dependencies(changed);
        changed = dependencies.entries().isEmpty() ? changed : changed.with("depends_on", dependencies);
        return withHooks(changed);
    }

    private static Mapping with(Mapping mapping, String key, UnaryOperator<Value> change) {
        var value = mapping.get(key);
        return value == null ? mapping : mapping.with(key, change.apply(value));
    }

    private Mapping build(Mapping build) {
        var changed = isMissing(build, "context") ? build.with("context", Value.of(build.place(), ".")) : build;
        if (isMissing(build, "dockerfile") && isMissing(build, "dockerfile_inline")) {
            changed = changed.with("dockerfile", Value.of(build.place(), "Dockerfile"));
        }
        return with(changed, "args", value -> resolved(value, false));
    }

    private static boolean isMissing(Mapping mapping, String key) {
        var value = mapping.get(key);
        return value == null || value.isNull();
    }

    /// Names alone take their values from around; those that have none there stay or go.
    private Value resolved(Value value, boolean keepsEmpty) {
        return switch (value) {
            case Scalar scalar -> scalar;
            case Sequence sequence -> {
                var items = new ArrayList<Value>();
                for (var item : sequence.items()) {
                    var text = item.asText();
                    var known = text == null || text.contains("=") ? null : environment.get(text);
                    if (known != null) {
                        items.add(Value.of(item.place(), text + "=" + known));
                    } else if (text != null && (text.contains("=") || keepsEmpty)) {
                        items.add(item);
                    }
                }
                yield new Sequence(sequence.place(), items);
            }
            case Mapping mapping -> {
                var entries = new LinkedHashMap<String, Value>();
                mapping.entries().forEach((key, each) -> {
                    var known = each.isNull() ? environment.get(key) : null;
                    if (known != null) {
                        entries.put(key, Value.of(each.place(), known));
                    } else if (!each.isNull() || keepsEmpty) {
                        entries.put(key, each);
                    }
                });
                yield new Mapping(mapping.place(), entries, mapping.keys());
            }
        };
    }

    private static Value cleaned(Value volumes) {
        return volumes instanceof Sequence list
                ? list.map(item -> item instanceof Mapping volume && volume.text("target") != null
                        ? volume.with(
                                "target",
                                Value.of(volume.place(), CleanPath.of(Objects.requireNonNull(volume.text("target")))))
                        : item)
                : volumes;
    }

    private static Mapping dependencies(Mapping container) {
        var dependencies =
                container.get("depends_on") instanceof Mapping said ? said : Mapping.empty(container.place());
        for (var link : texts(container, "links")) {
            var parts = link.split(":", -1);
            dependencies = depending(dependencies, parts.length == 2 ? parts[0] : link, true);
        }
        for (var key : List.of("network_mode", "ipc", "pid", "uts", "cgroup")) {
            var shared = container.text(key);
            if (shared != null && shared.startsWith(SERVICE)) {
                dependencies = depending(dependencies, shared.substring(SERVICE.length()), true);
            }
        }
        for (var volume : texts(container, "volumes_from")) {
            if (!volume.startsWith("container:")) {
                dependencies = depending(dependencies, volume.split(":", -1)[0], false);
            }
        }
        return dependencies;
    }

    private static List<String> texts(Mapping container, String key) {
        return container.get(key) instanceof Sequence list
                ? list.items().stream()
                        .map(Value::asText)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList()
                : List.of();
    }

    private static Mapping depending(Mapping dependencies, String service, boolean restarts) {
        if (dependencies.has(service)) {
            return dependencies;
        }
        return dependencies.with(
                service,
                Mapping.empty(dependencies.place())
                        .withDefault("condition", "service_started")
                        .withDefault("restart", restarts)
                        .withDefault("required", true));
    }

    /// A container that runs before the service has what the service says, but for its volumes.
    private static Mapping withHooks(Mapping container) {
        if (!(container.get("pre_start") instanceof Sequence hooks)
                || hooks.items().isEmpty()) {
            return container;
        }
        var inherited = new LinkedHashMap<String, Value>();
        container.entries().forEach((key, value) -> {
            if (!key.equals("volumes") && ContainerKeys.has(key)) {
                inherited.put(key, value);
            }
        });
        var base = new Mapping(container.place(), inherited, container.keys());
        return container.with(
                "pre_start", hooks.map(item -> item instanceof Mapping hook ? Merge.service(base, hook) : item));
    }

    /// Resources are named by their key, below the project unless they are external.
    private Mapping named(Mapping tree) {
        var changed = tree;
        for (var key : List.of("networks", "volumes", "configs", "secrets")) {
            if (!(changed.get(key) instanceof Mapping resources)) {
                continue;
            }
            var entries = new LinkedHashMap<String, Value>();
            resources.entries().forEach((name, value) -> {
                var resource = value instanceof Mapping mapping ? mapping : Mapping.empty(value.place());
                var whole = isExternal(resource) ? name : project + "_" + name;
                entries.put(
                        name,
                        isMissing(resource, "name")
                                ? resource.with("name", Value.of(resource.place(), whole))
                                : resource);
            });
            changed = changed.with(key, new Mapping(resources.place(), entries, resources.keys()));
        }
        return changed;
    }

    private static boolean isExternal(Mapping resource) {
        return resource.get("external") instanceof Scalar(var _, Object external)
                && List.of("true", "True", "TRUE", "t", "T", "1").contains(GoText.of(external));
    }
}
