package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.tree.Document.Resets;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings in what other compose files declare, each read with a folder and an environment of its own.
final class Include {
    private static final List<String> RESOURCES =
            List.of("services", "jobs", "volumes", "networks", "secrets", "configs", "models");

    private final Layers layers;
    private final Scope scope;
    private final List<Path> chain;

    /// @param chain files on the way, the one that includes at the end
    Include(Layers layers, Scope scope, List<Path> chain) {
        this.layers = layers;
        this.scope = scope;
        this.chain = chain;
    }

    /// @throws ProblemException `compose.include` and what is wrong in the files
    Mapping apply(Mapping tree, Resets resets) {
        var included = tree.get("include");
        if (included == null) {
            return tree;
        }
        var merged = tree.without("include");
        if (included.isNull()) {
            return merged;
        }
        if (!(included instanceof Sequence list)) {
            throw wrong(included, "'include' is " + included.kind(), "write a list of files");
        }
        for (var item : list.items()) {
            var imported = Placed.at(item, () -> load(item));
            merged = imported(imported, merged, resets);
        }
        return merged;
    }

    private Mapping load(Value item) {
        var files = texts(item, "path").stream()
                .map(text -> scope.folder().resolve(Disk.path(text)).normalize())
                .toList();
        if (files.isEmpty()) {
            return Mapping.empty(item.place());
        }
        var main = files.getFirst();
        if (chain.contains(main)) {
            throw wrong(item, "files include each other in a circle: " + way(main), "leave one 'include' out");
        }
        var named = item instanceof Mapping mapping ? mapping.text("project_directory") : null;
        var folder = folder(main, named);
        var environment = new LinkedHashMap<>(scope.environment());
        envFiles(item, folder).forEach(environment::putIfAbsent);
        var within = new Scope(folder, base(main, named), Map.copyOf(environment));
        return layers.included(files, within, chain);
    }

    private String way(Path last) {
        return chain.stream().map(layers.disk()::shown).collect(Collectors.joining(" → ")) + " → "
                + layers.disk().shown(last);
    }

    private Path folder(Path main, @Nullable String named) {
        var parent = main.getParent() == null ? main : main.getParent();
        return named == null || named.isEmpty()
                ? parent
                : scope.folder().resolve(Disk.path(named)).normalize();
    }

    /// Where its paths start, seen from the file that includes it.
    private String base(Path main, @Nullable String named) {
        if (named == null || named.isEmpty()) {
            return scope.baseOf(main, Files.isDirectory(main));
        }
        var folder = Disk.path(named);
        if (folder.isAbsolute()) {
            return named;
        }
        var path = scope.folder().resolve(folder).normalize();
        return scope.baseOf(path, Files.isDirectory(path));
    }

    private Map<String, String> envFiles(Value item, Path folder) {
        var named = texts(item, "env_file");
        var files = new ArrayList<Path>();
        if (named.isEmpty()) {
            var usual = folder.resolve(".env");
            if (layers.disk().isFile(usual)) {
                files.add(usual);
            }
        }
        named.stream()
                .filter(text -> !text.equals("/dev/null"))
                .forEach(text ->
                        files.add(scope.folder().resolve(Disk.path(text)).normalize()));
        return layers.disk().environment(files, scope.environment());
    }

    /// A text or a list of texts; of a text alone, it is the path.
    private static List<String> texts(Value item, String key) {
        var value = item instanceof Mapping mapping ? mapping.get(key) : key.equals("path") ? item : null;
        if (value == null || value.isNull()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var each : value instanceof Sequence list ? list.items() : List.of(value)) {
            if (each.asText() == null) {
                throw wrong(each, "'include' has " + each.kind() + " as '" + key + "'", "write a text");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    /// What both declare is merged, and this file counts.
    private static Mapping imported(Mapping source, Mapping target, Resets resets) {
        var merged = target;
        for (var key : RESOURCES) {
            if (!(source.get(key) instanceof Mapping from)) {
                continue;
            }
            var known = merged.get(key);
            if (known != null && !(known instanceof Mapping)) {
                throw wrong(known, "'" + key + "' is " + known.kind(), "write a map");
            }
            var to = known instanceof Mapping mapping ? mapping : Mapping.empty(from.place());
            merged = merged.with(key, resources(key, from, to, resets));
        }
        return merged;
    }

    private static Mapping resources(String key, Mapping from, Mapping to, Resets resets) {
        var entries = new LinkedHashMap<>(to.entries());
        var keys = new LinkedHashMap<>(to.keys());
        from.entries().forEach((name, value) -> {
            var mine = entries.get(name);
            if (mine == null) {
                entries.put(name, value);
                keys.put(name, from.placeOf(name));
            } else if (!Value.isSame(value, mine)) {
                entries.put(name, Merge.values(kept(key, name, value, resets), mine, TreePath.of(key, name)));
            }
        });
        return new Mapping(to.place(), entries, keys);
    }

    private static Value kept(String key, String name, Value value, Resets resets) {
        var empty = Mapping.empty(value.place());
        var reset = resets.apply(empty.with(key, empty.with(name, value)));
        var kept = reset.get(key) instanceof Mapping mapping ? mapping.get(name) : null;
        return kept == null ? empty : kept;
    }

    private static ProblemException wrong(Value value, String what, String hint) {
        return Problem.user("compose.include", what)
                .at(value.place())
                .hint(hint)
                .exception();
    }
}
