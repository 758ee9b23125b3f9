package dev.johwa.watch.telemetry.query;

import static dev.johwa.watch.telemetry.query.Expression.Type.RANGE;
import static dev.johwa.watch.telemetry.query.Expression.Type.SCALAR;
import static dev.johwa.watch.telemetry.query.Expression.Type.TEXT;
import static dev.johwa.watch.telemetry.query.Expression.Type.VECTOR;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.watch.telemetry.query.Expression.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The functions there are, with what they take.
final class Functions {
    /// @param needed how many of the arguments must be there
    record Form(List<Type> takes, int needed, Type gives) {
        static Form of(Type gives, Type... takes) {
            return new Form(List.of(takes), takes.length, gives);
        }
    }

    private static final Map<String, Form> ALL = all();

    private Functions() {}

    private static Map<String, Form> all() {
        var all = new HashMap<String, Form>();
        OverTime.NAMES.forEach(name -> all.put(name, Form.of(VECTOR, RANGE)));
        all.put("quantile_over_time", Form.of(VECTOR, SCALAR, RANGE));
        all.put("predict_linear", Form.of(VECTOR, RANGE, SCALAR));
        all.put("absent_over_time", Form.of(VECTOR, RANGE));
        Elementwise.NAMES.forEach(name -> all.put(name, Form.of(VECTOR, VECTOR)));
        all.put("round", new Form(List.of(VECTOR, SCALAR), 1, VECTOR));
        all.put("clamp", Form.of(VECTOR, VECTOR, SCALAR, SCALAR));
        all.put("clamp_min", Form.of(VECTOR, VECTOR, SCALAR));
        all.put("clamp_max", Form.of(VECTOR, VECTOR, SCALAR));
        all.put("histogram_quantile", Form.of(VECTOR, SCALAR, VECTOR));
        all.put("label_replace", Form.of(VECTOR, VECTOR, TEXT, TEXT, TEXT, TEXT));
        all.put("absent", Form.of(VECTOR, VECTOR));
        all.put("sort", Form.of(VECTOR, VECTOR));
        all.put("sort_desc", Form.of(VECTOR, VECTOR));
        all.put("vector", Form.of(VECTOR, SCALAR));
        all.put("scalar", Form.of(SCALAR, VECTOR));
        all.put("time", Form.of(SCALAR));
        all.put("pi", Form.of(SCALAR));
        return Map.copyOf(all);
    }

    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    /// @throws dev.johwa.lib.problem.ProblemException with code `query.unsupported` when there is none
    static Form named(String name) {
        var form = ALL.get(name);
        if (form == null) {
            throw Problem.user("query.unsupported", "unknown function with name \"" + name + "\"")
                    .hint(Near.question(name, ALL.keySet()).orElse("docs/guide/metrics.md lists those there are"))
                    .exception();
        }
        return form;
    }
}
