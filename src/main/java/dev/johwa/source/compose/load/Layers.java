package dev.johwa.source.compose.load;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.form.KeyCheck;
import dev.johwa.source.compose.tree.Document;
import dev.johwa.source.compose.tree.Document.Resets;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads files one over the other into one canonical tree.
final class Layers {
    private final Disk disk;
    private final @Nullable String home;
    private final Consumer<Problem> notes;
    /// What was included, for files that several others include.
    private final Map<List<Object>, Mapping> known = new HashMap<>();

    Layers(Disk disk, @Nullable String home, Consumer<Problem> notes) {
        this.disk = disk;
        this.home = home;
        this.notes = notes;
    }

    Disk disk() {
        return disk;
    }

    /// What the files say together, with defaults, checked, with paths from the scope's base.
    ///
    /// @param included files on the way to these, of which none may be included again
    /// @throws ProblemException with all that is wrong
    Mapping model(List<Path> files, Scope scope, List<Path> included) {
        var tree = Mapping.empty(Place.of(""));
        for (var file : files) {
            tree = file(file, tree, scope, included);
        }
        tree = Defaults.add(tree);
        Checks.check(tree);
        tree = located(tree, scope.base());
        return withEnvironment(tree, scope.environment());
    }

    /// The same, of files that another includes.
    Mapping included(List<Path> files, Scope scope, List<Path> chain) {
        var key = List.<Object>of(files, scope);
        var model = known.get(key);
        if (model == null) {
            model = model(files, scope, chain);
            known.put(key, model);
        }
        return model;
    }

    Mapping located(Mapping tree, String base) {
        return new Locations(base, home, Disk::withoutLink).resolve(tree);
    }

    private Mapping file(Path file, Mapping before, Scope scope, List<Path> included) {
        var tree = before;
        for (var document : disk.documents(file)) {
            tree = document(file, document, tree, scope, included);
        }
        return tree;
    }

    private Mapping document(Path file, Document document, Mapping before, Scope scope, List<Path> included) {
        var resets = document.resets().withAliases();
        var tree = promoted(Interpolation.fill(document.mapping(), scope.environment(), notes));
        var chain = new ArrayList<>(included);
        chain.add(file);
        tree = new Include(this, scope, List.copyOf(chain)).apply(tree, resets);
        var kept = resets.apply(before);
        tree = new Extends(this, scope, file).apply(tree, resets);
        tree = Unique.enforce(Merge.files(kept, tree));
        var problems = new ArrayList<Problem>();
        KeyCheck.check(tree, problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        if (tree.has("version")) {
            notes.accept(Problem.user("compose.version", "'version' means nothing any more")
                    .as(Severity.WARNING)
                    .at(tree.placeOf("version"))
                    .hint("leave it out"));
        }
        return Unique.enforce(Canonical.of(tree.without("version")));
    }

    /// A file that services of another extend: neither what it includes nor what its services extend is read, and its
    /// keys are checked where they arrive.
    Base base(Path file, Scope scope) {
        var tree = Mapping.empty(Place.of(disk.shown(file)));
        var resets = Resets.NONE;
        for (var document : disk.documents(file)) {
            resets = document.resets().withAliases();
            var filled = promoted(Interpolation.fill(document.mapping(), scope.environment(), notes));
            var merged = Unique.enforce(Merge.files(resets.apply(tree), filled));
            tree = Unique.enforce(Canonical.of(merged));
        }
        return new Base(located(tree, scope.baseOf(file, false)), resets);
    }

    record Base(Mapping tree, Resets resets) {}

    /// `x-develop` and `x-initialSync` were the names of keys before the specification had them.
    private static Mapping promoted(Mapping tree) {
        return inMap(
                tree,
                "services",
                services -> each(services, service -> {
                    var renamed = renamed(service, "x-develop", "develop");
                    return inMap(renamed, "develop", Layers::watch);
                }));
    }

    private static Mapping watch(Mapping develop) {
        return develop.get("watch") instanceof Sequence list
                ? develop.with(
                        "watch",
                        list.map(item -> item instanceof Mapping trigger
                                ? renamed(trigger, "x-initialSync", "initial_sync")
                                : item))
                : develop;
    }

    private static Mapping renamed(Mapping mapping, String from, String to) {
        var value = mapping.get(from);
        if (value == null) {
            return mapping;
        }
        var known = mapping.get(to);
        var merged =
                known == null || known.isNull() ? value : Merge.values(value, known, TreePath.of("services", "x", to));
        return mapping.without(from).with(to, merged);
    }

    static Mapping inMap(Mapping mapping, String key, UnaryOperator<Mapping> change) {
        return mapping.get(key) instanceof Mapping inner ? mapping.with(key, change.apply(inner)) : mapping;
    }

    static Mapping each(Mapping mapping, UnaryOperator<Mapping> change) {
        var entries = new LinkedHashMap<String, Value>();
        mapping.entries()
                .forEach(
                        (key, value) -> entries.put(key, value instanceof Mapping inner ? change.apply(inner) : value));
        return new Mapping(mapping.place(), entries, mapping.keys());
    }

    /// Names alone in lists of environment values take theirs from around.
    private static Mapping withEnvironment(Mapping tree, Map<String, String> environment) {
        UnaryOperator<Mapping> change = containers -> each(
                containers,
                container -> container.get("environment") instanceof Sequence list
                        ? container.with("environment", list.map(item -> withValue(item, environment)))
                        : container);
        return inMap(inMap(tree, "services", change), "jobs", change);
    }

    private static Value withValue(Value item, Map<String, String> environment) {
        var name = item.asText();
        var value = name == null ? null : environment.get(name);
        return value == null ? item : Value.of(item.place(), name + "=" + value);
    }
}
