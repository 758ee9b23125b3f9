package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.text.GoPath;
import dev.johwa.source.compose.tree.Patterns;
import dev.johwa.source.compose.tree.Rules;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes paths of a tree start from a folder.
final class Locations {
    private final Patterns<Rules.Rule> rules = new Patterns<>();
    private final String folder;
    private final @Nullable String home;
    private final UnaryOperator<String> withoutLinks;

    /// @param folder absolute, or relative to that of the file that includes this one
    /// @param home for a `~` at the beginning
    /// @param withoutLinks resolves the first symbolic link of an absolute path
    Locations(String folder, @Nullable String home, UnaryOperator<String> withoutLinks) {
        this.folder = folder;
        this.home = home;
        this.withoutLinks = withoutLinks;
        var workloads = List.of("services.*.", "jobs.*.");
        var containers = List.of("services.*.", "jobs.*.", "services.*.pre_start.*.");
        rules.add(workloads, "build.context", (value, _, _) -> context(value));
        rules.add(workloads, "build.additional_contexts.*", (value, _, _) -> context(value));
        rules.add(workloads, "build.ssh.*", (value, _, _) -> mapped(value, this::anywhere));
        rules.add(workloads, "extends.file", (value, _, _) -> mapped(value, this::absolute));
        rules.add(containers, "env_file.*.path", (value, _, _) -> mapped(value, this::absolute));
        rules.add(containers, "label_file.*", (value, _, _) -> mapped(value, this::absolute));
        rules.add(containers, "volumes.*", (value, path, _) -> mount(value, path));
        rules.add(
                "services.*.develop.watch.*.path",
                (value, _, _) -> mapped(value, path -> withoutLinks.apply(absolute(path))));
        rules.add("configs.*.file", (value, _, _) -> mapped(value, this::anywhere));
        rules.add("secrets.*.file", (value, _, _) -> mapped(value, this::anywhere));
        rules.add("volumes.*", (value, _, _) -> volume(value));
    }

    /// @throws ProblemException for a bind without a source
    Mapping resolve(Mapping tree) {
        return Rules.rewrite(tree, rules);
    }

    private static Value mapped(Value value, UnaryOperator<String> change) {
        var text = value.asText();
        return switch (value) {
            case Sequence sequence -> sequence.map(item -> mapped(item, change));
            case Mapping mapping -> mapping;
            case Value.Scalar scalar -> text == null ? scalar : Value.of(scalar.place(), change.apply(text));
        };
    }

    private String absolute(String path) {
        var expanded = GoPath.expanded(path, home);
        return expanded.isEmpty() || GoPath.isAbsolute(expanded) ? expanded : GoPath.join(folder, expanded);
    }

    /// A path that may be one of Windows.
    private String anywhere(String path) {
        var expanded = GoPath.expanded(path, home);
        return GoPath.isAbsolute(expanded) || GoPath.isWindows(expanded) ? expanded : GoPath.join(folder, expanded);
    }

    private Value context(Value value) {
        return mapped(value, path -> isRemote(path) ? path : absolute(path));
    }

    private static boolean isRemote(String context) {
        return context.contains("://")
                || Stream.of("service:", "github.com/", "git@").anyMatch(context::startsWith);
    }

    private Value mount(Value value, TreePath path) {
        if (!(value instanceof Mapping mount) || !"bind".equals(mount.text("type"))) {
            return value;
        }
        var source = mount.get("source");
        if (source == null) {
            throw Canonical.wrong(value, path, "the key 'source', which a bind needs");
        }
        return mount.with("source", mapped(source, this::anywhere));
    }

    /// A volume of the local driver may be a folder.
    private Value volume(Value value) {
        if (!(value instanceof Mapping volume)
                || !"local".equals(volume.text("driver"))
                || !(volume.get("driver_opts") instanceof Mapping options)) {
            return value;
        }
        var device = options.get("device");
        return device == null || !"bind".equals(options.text("o"))
                ? value
                : volume.with("driver_opts", options.with("device", mapped(device, this::anywhere)));
    }
}
