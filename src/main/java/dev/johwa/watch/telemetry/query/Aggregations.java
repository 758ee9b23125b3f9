package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.query.Expression.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Many lines to one, or to the largest of them.
final class Aggregations {
    static final Set<String> WITH_PARAMETER = Set.of("topk", "bottomk", "quantile");
    static final Set<String> NAMES =
            Set.of("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile");

    private Aggregations() {}

    /// @param parameter at each step
    static List<Line> of(String operator, List<Line> lines, double[] parameter, Grouping grouping) {
        var groups = Line.grouped(lines, labels -> key(labels, grouping));
        var result = new ArrayList<Line>();
        groups.forEach((labels, group) -> {
            if (operator.endsWith("k")) {
                result.addAll(best(group, parameter, operator.equals("topk")));
            } else {
                result.add(one(operator, labels, group, parameter));
            }
        });
        return Line.merged(result);
    }

    private static Labels key(Labels labels, Grouping grouping) {
        if (!grouping.isWithout()) {
            return grouping.labels().isEmpty() ? Labels.NONE : labels.only(grouping.labels());
        }
        var gone = new HashSet<>(grouping.labels());
        gone.add(Labels.NAME);
        return labels.without(gone);
    }

    private static Line one(String operator, Labels labels, List<Line> group, double[] parameter) {
        var line = new Line(labels, parameter.length);
        var values = new double[group.size()];
        for (int step = 0; step < parameter.length; step++) {
            int count = 0;
            for (var each : group) {
                if (each.there()[step]) {
                    values[count++] = each.values()[step];
                }
            }
            if (count > 0) {
                line.set(step, figure(operator, Arrays.copyOf(values, count), parameter[step]));
            }
        }
        return line;
    }

    private static double figure(String operator, double[] values, double parameter) {
        return switch (operator) {
            case "sum" -> {
                var sum = new Sum();
                Arrays.stream(values).forEach(sum::add);
                yield sum.value();
            }
            case "avg" -> {
                var sum = new Sum();
                Arrays.stream(values).forEach(sum::addToMean);
                yield sum.mean();
            }
            case "min", "max" -> extreme(values, operator.equals("max"));
            case "count" -> values.length;
            case "group" -> 1;
            case "stdvar" -> variance(values);
            case "stddev" -> Math.sqrt(variance(values));
            case "quantile" -> quantile(parameter, values);
            default -> throw new IllegalStateException(operator);
        };
    }

    private static double extreme(double[] values, boolean isMost) {
        double found = values[0];
        for (double value : values) {
            found = (isMost ? found < value : found > value) || Double.isNaN(found) ? value : found;
        }
        return found;
    }

    private static double variance(double[] values) {
        if (!Double.isFinite(values[0])) {
            return Double.NaN;
        }
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double delta = values[i] - mean;
            mean += delta / (i + 1);
            squares += delta * (values[i] - mean);
        }
        return squares / values.length;
    }

    /// Between the two nearest ranks, by weight.
    static double quantile(double share, double[] values) {
        if (values.length == 0 || Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        var sorted = Arrays.stream(values).boxed().sorted(byValue()).toList();
        double rank = share * (values.length - 1);
        int lower = (int) Math.max(0, Math.floor(rank));
        int upper = Math.min(values.length - 1, lower + 1);
        double weight = rank - Math.floor(rank);
        return sorted.get(lower) * (1 - weight) + sorted.get(upper) * weight;
    }

    /// What is no number comes first.
    static Comparator<Double> byValue() {
        return (a, b) -> a.isNaN() || b.isNaN() ? Boolean.compare(b.isNaN(), a.isNaN()) : Double.compare(a, b);
    }

    private static List<Line> best(List<Line> group, double[] parameter, boolean isMost) {
        int steps = parameter.length;
        var result = group.stream().map(each -> new Line(each.labels(), steps)).toList();
        // What is no number is taken last, whichever end is wanted.
        Comparator<Double> order = (a, b) -> a.isNaN() || b.isNaN()
                ? Boolean.compare(a.isNaN(), b.isNaN())
                : isMost ? Double.compare(b, a) : Double.compare(a, b);
        for (int step = 0; step < steps; step++) {
            if (Double.isNaN(parameter[step])) {
                throw Problem.user("query.execution", "Parameter value is NaN").exception();
            }
            int now = step;
            var ranked = new ArrayList<Integer>();
            for (int i = 0; i < group.size(); i++) {
                if (group.get(i).there()[step]) {
                    ranked.add(i);
                }
            }
            ranked.sort(Comparator.comparing(i -> group.get(i).values()[now], order));
            long wanted = (long) Math.max(0, Math.min(parameter[step], ranked.size()));
            for (int i = 0; i < wanted; i++) {
                int chosen = ranked.get(i);
                result.get(chosen).set(step, group.get(chosen).values()[step]);
            }
        }
        return result;
    }
}
