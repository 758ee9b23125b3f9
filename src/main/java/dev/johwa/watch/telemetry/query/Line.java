package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.telemetry.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Values of one series at each step; at some there may be none.
record Line(Labels labels, double[] values, boolean[] there) {
    Line(Labels labels, int steps) {
        this(labels, new double[steps], new boolean[steps]);
    }

    void set(int step, double value) {
        values[step] = value;
        there[step] = true;
    }

    boolean isEmpty() {
        for (boolean each : there) {
            if (each) {
                return false;
            }
        }
        return true;
    }

    Line named(Labels other) {
        return new Line(other, values, there);
    }

    static List<Line> renamed(List<Line> lines, UnaryOperator<Labels> names) {
        return merged(lines.stream()
                .map(line -> line.named(names.apply(line.labels())))
                .toList());
    }

    /// One line for each set of labels, without those that are empty.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.execution` when two have a value at one step
    static List<Line> merged(List<Line> lines) {
        var byLabels = new LinkedHashMap<Labels, Line>();
        for (var line : lines) {
            if (!line.isEmpty()) {
                byLabels.merge(line.labels(), line, Line::joined);
            }
        }
        return new ArrayList<>(byLabels.values());
    }

    private Line joined(Line other) {
        var joined = new Line(labels, values.clone(), there.clone());
        for (int i = 0; i < values.length; i++) {
            if (other.there[i]) {
                if (there[i]) {
                    throw Problem.user(
                                    "query.execution", "vector cannot contain metrics with the same labelset " + labels)
                            .exception();
                }
                joined.set(i, other.values[i]);
            }
        }
        return joined;
    }

    /// By what their labels have in common.
    static Map<Labels, List<Line>> grouped(List<Line> lines, UnaryOperator<Labels> key) {
        var groups = new LinkedHashMap<Labels, List<Line>>();
        var known = new HashMap<Labels, Labels>();
        for (var line : lines) {
            groups.computeIfAbsent(known.computeIfAbsent(line.labels(), key), any -> new ArrayList<>())
                    .add(line);
        }
        return groups;
    }
}
