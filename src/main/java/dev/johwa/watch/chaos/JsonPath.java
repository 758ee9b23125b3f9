package dev.johwa.watch.chaos;

import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The plain part of JSONPath: `$.items[0].name`, `$["a b"]`, `$.items[*].id`; no filters, slices and descents.
record JsonPath(String text, List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][\\w-]*|\\*)|\\[(\\d{1,6}|\\*)]|\\[\"([^\"]*)\"]");

    JsonPath {
        steps = List.copyOf(steps);
    }

    /// @param name of a map; empty for an index, or all
    /// @param index of a list; negative for all
    private record Step(Optional<String> name, int index) {}

    /// @return empty when it is another kind of path
    static Optional<JsonPath> of(String text) {
        var plain = text.strip();
        if (!plain.startsWith("$")) {
            return Optional.empty();
        }
        var steps = new ArrayList<Step>();
        var step = STEP.matcher(plain);
        int at = 1;
        while (at < plain.length()) {
            if (!step.find(at) || step.start() != at) {
                return Optional.empty();
            }
            steps.add(step(step.group(1), step.group(2), step.group(3)));
            at = step.end();
        }
        return Optional.of(new JsonPath(plain, steps));
    }

    private static Step step(@Nullable String word, @Nullable String index, @Nullable String quoted) {
        if ("*".equals(word) || "*".equals(index)) {
            return new Step(Optional.empty(), -1);
        }
        if (index != null) {
            return new Step(Optional.empty(), Integer.parseInt(index));
        }
        return new Step(Optional.ofNullable(word != null ? word : quoted), -1);
    }

    /// A text that is JSON as the value that it says.
    static @Nullable Object parsed(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            return Json.read(text, Object.class);
        } catch (ProblemException e) {
            return text;
        }
    }

    /// What is found there, in its order.
    List<Object> in(@Nullable Object root) {
        var found = new ArrayList<Object>();
        if (root != null) {
            found.add(root);
        }
        for (var step : steps) {
            var next = new ArrayList<Object>();
            found.forEach(each -> below(each, step, next));
            found.clear();
            found.addAll(next);
        }
        return found;
    }

    private static void below(Object value, Step step, List<Object> next) {
        boolean isAll = step.name().isEmpty() && step.index() < 0;
        switch (value) {
            case Map<?, ?> map when isAll -> next.addAll(map.values());
            case Map<?, ?> map
            when step.name().isPresent() -> add(map.get(step.name().get()), next);
            case List<?> list when isAll -> next.addAll(list);
            case List<?> list when step.index() >= 0 && step.index() < list.size() -> add(list.get(step.index()), next);
            default -> {}
        }
    }

    private static void add(@Nullable Object value, List<Object> next) {
        if (value != null) {
            next.add(value);
        }
    }
}
