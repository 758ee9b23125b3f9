package dev.johwa.source.compose.form;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.compose.form.KeyTable.Section;
import dev.johwa.source.compose.tree.TreePath;
import dev.johwa.source.compose.tree.Value;
import dev.johwa.source.compose.tree.Value.Mapping;
import dev.johwa.source.compose.tree.Value.Scalar;
import dev.johwa.source.compose.tree.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the keys that a file says and nothing here acts on, so that none is dropped without a word.
public final class IdleKeys {
    private static final int MOST_TOLD = 40;
    private static final TreePath SERVICES = TreePath.of("services");
    private static final Set<String> USUAL_DRIVERS = Set.of("bridge", "default", "local");

    private final Set<String> services;
    private final List<Idle> found = new ArrayList<>();

    private IdleKeys(Set<String> services) {
        this.services = services;
    }

    private record Idle(TreePath path, Place place) {
        @Override
        public String toString() {
            return place.file() + ":" + place.line() + ":" + place.column() + " " + path;
        }
    }

    /// @param tree with places
    /// @param services that run; what others say is not told
    /// @return one warning for each file
    public static List<Problem> in(Mapping tree, Set<String> services) {
        var keys = new IdleKeys(services);
        keys.section(tree, KeyTable.section("file"), TreePath.TOP);
        var files = keys.found.stream()
                .collect(Collectors.groupingBy(each -> each.place().file(), LinkedHashMap::new, Collectors.toList()));
        return files.values().stream().map(IdleKeys::told).toList();
    }

    private static Problem told(List<Idle> keys) {
        var more = keys.size() > MOST_TOLD ? ", and " + (keys.size() - MOST_TOLD) + " more" : "";
        var names = keys.stream().limit(MOST_TOLD).map(Idle::toString).collect(Collectors.joining(", "));
        return Problem.user("compose.idle-keys", "nothing here acts on: " + names + more)
                .as(Severity.WARNING)
                .at(keys.getFirst().place())
                .hint("it runs without them; leave them out where that is all right");
    }

    private void section(Mapping mapping, Section section, TreePath path) {
        mapping.entries().forEach((key, value) -> {
            var known = section.keys().get(key);
            if (known == null) {
                return;
            }
            if (!known.isIdle()) {
                look(value, known.shape(), path.next(key));
            } else if (isSaid(value) && !isSoAnyway(key, value, mapping)) {
                found.add(new Idle(path.next(key), mapping.placeOf(key)));
            }
        });
    }

    private void look(Value value, Shape shape, TreePath path) {
        switch (shape) {
            case Shape.Keyed(String section)
            when value instanceof Mapping mapping -> section(mapping, KeyTable.section(section), path);
            case Shape.ListOf list
            when value instanceof Sequence(var _, var items) ->
                items.forEach(item -> look(item, list.item(), path.item()));
            case Shape.MapOf map
            when value instanceof Mapping mapping ->
                mapping.entries().forEach((key, each) -> {
                    if (!path.equals(SERVICES) || services.contains(key)) {
                        look(each, map.value(), path.next(key));
                    }
                });
            case Shape.Either(List<Shape> shapes) -> shapes.forEach(each -> look(value, each, path));
            case Shape.Keyed _,
                    Shape.ListOf _,
                    Shape.MapOf _,
                    Shape.AnyMap _,
                    Shape.Plain _,
                    Shape.Choice _,
                    Shape.Formed _,
                    Shape.Bounded _ -> {}
        }
    }

    private static boolean isSaid(Value value) {
        return switch (value) {
            case Scalar(var _, Object scalar) -> scalar != null && !scalar.equals(false);
            case Sequence(var _, var items) -> !items.isEmpty();
            case Mapping mapping -> !mapping.entries().isEmpty();
        };
    }

    /// What holds here without being said.
    private static boolean isSoAnyway(String key, Value value, Mapping around) {
        return switch (key) {
            case "driver" -> USUAL_DRIVERS.contains(String.valueOf(value.asText()));
            case "enable_ipv4" -> true;
            case "init" -> !around.has("entrypoint");
            case "mode" -> "replicated".equals(value.asText());
            // A link to another brings it along.
            case "restart" -> !around.keys().containsKey(key);
            case "links" -> isEach(value, "([^:]+)(:\\1)?");
            case "security_opt" -> isEach(value, "no-new-privileges([:=]true)?");
            default -> false;
        };
    }

    private static boolean isEach(Value value, String form) {
        return value instanceof Sequence(var _, var items)
                && items.stream().allMatch(item -> String.valueOf(item.asText()).matches(form));
    }
}
