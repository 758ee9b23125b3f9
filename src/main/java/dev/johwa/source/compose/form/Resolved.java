package dev.johwa.source.compose.form;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.compose.form.Becoming.Keyed;
import dev.johwa.source.compose.form.Becoming.Left;
import dev.johwa.source.compose.form.Becoming.ListOf;
import dev.johwa.source.compose.form.Becoming.MapOf;
import dev.johwa.source.compose.form.Becoming.Typed;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the resolved model of a canonical tree, as plain maps, lists and scalars in the form of Compose's JSON: what
/// is empty, false or zero is left out as there.
public final class Resolved {
    private final List<Problem> problems = new ArrayList<>();

    private Resolved() {}

    /// @throws ProblemException with all values that mean nothing
    public static Map<String, @Nullable Object> of(Mapping file) {
        var resolved = new Resolved();
        var model = resolved.section(file, "file", TreePath.TOP);
        file.entries().forEach((key, value) -> {
            if (key.startsWith("x-")) {
                model.put(key, plain(value));
            }
        });
        if (!resolved.problems.isEmpty()) {
            throw new ProblemException(resolved.problems);
        }
        return model;
    }

    /// What other tools have written stays as it is.
    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> scalar.value();
            case Sequence sequence -> {
                var items = new ArrayList<@Nullable Object>();
                sequence.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Mapping mapping -> {
                var entries = new LinkedHashMap<String, @Nullable Object>();
                mapping.entries().forEach((key, each) -> entries.put(key, plain(each)));
                yield entries;
            }
        };
    }

    private Map<String, @Nullable Object> section(@Nullable Mapping mapping, String name, TreePath path) {
        var told = new LinkedHashMap<String, @Nullable Object>();
        KeyTable.section(name).keys().forEach((key, known) -> {
            var value = mapping == null ? null : mapping.get(key);
            var becomes = known.becoming();
            if (value != null && !value.isNull()) {
                var made = make(value, becomes, path.next(key));
                if (made != null) {
                    told.put(known.told(), made);
                    return;
                }
            }
            absent(becomes, path.next(key), known.told(), told);
        });
        return told;
    }

    private void absent(Becoming becomes, TreePath path, String name, Map<String, @Nullable Object> told) {
        switch (becomes) {
            case Keyed(String section, boolean isAlways) when isAlways -> told.put(name, section(null, section, path));
            case Typed(String type, boolean _, boolean isAlways) when isAlways -> told.put(name, Types.zero(type));
            case Typed(String type, boolean _, boolean _) when type.equals("command") -> told.put(name, null);
            case Keyed _, Typed _, ListOf _, MapOf _, Left _ -> {}
        }
    }

    /// @return null when it is not told
    private @Nullable Object make(Value value, Becoming becomes, TreePath path) {
        return switch (becomes) {
            case Left _ -> null;
            case Typed typed -> typed(value, typed, path);
            case Keyed(String section, boolean _) ->
                value instanceof Mapping mapping ? section(mapping, section, path) : wrong(value, path, "a map");
            case ListOf(Becoming item) -> list(value, item, path);
            case MapOf(Becoming each, boolean keepsNothing) -> map(value, each, keepsNothing, path);
        };
    }

    private @Nullable Object list(Value value, Becoming item, TreePath path) {
        if (!(value instanceof Sequence sequence)) {
            return wrong(value, path, "a list");
        }
        var made = new ArrayList<@Nullable Object>();
        sequence.items().forEach(each -> made.add(make(each, item, path.item())));
        return made.isEmpty() ? null : made;
    }

    private @Nullable Object map(Value value, Becoming each, boolean keepsNothing, TreePath path) {
        if (!(value instanceof Mapping mapping)) {
            return wrong(value, path, "a map");
        }
        var made = new LinkedHashMap<String, @Nullable Object>();
        mapping.entries().forEach((key, inner) -> {
            if (!inner.isNull()) {
                made.put(key, make(inner, each, path.next(key)));
            } else if (keepsNothing) {
                made.put(key, null);
            }
        });
        return made.isEmpty() ? null : made;
    }

    private @Nullable Object typed(Value value, Typed typed, TreePath path) {
        try {
            return Types.make(value, typed);
        } catch (ProblemException e) {
            var problem = e.problem();
            var place = problem.where() == null ? value.place() : problem.where();
            problems.add(new Problem(
                    problem.kind(),
                    problem.severity(),
                    problem.code(),
                    "'" + path + "': " + problem.message(),
                    place,
                    problem.hint()));
            return null;
        }
    }

    private @Nullable Object wrong(Value value, TreePath path, String expected) {
        problems.add(wrong(value.place(), "'" + path + "' is " + value.kind(), expected));
        return null;
    }

    private static Problem wrong(Place place, String what, String expected) {
        return Problem.user("compose.wrong-type", what).at(place).hint("write " + expected);
    }
}
