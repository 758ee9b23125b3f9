package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.query.Expression.Binary;
import dev.johwa.watch.telemetry.query.Expression.Matching;
import dev.johwa.watch.telemetry.query.Expression.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Operators between two sides. Of vectors, series meet that have the same labels, or those of `on` and `ignoring`.
final class Binaries {
    private static final String SCHEMA = "multiple matches for labels: ";

    private final Binary binary;
    private final Operator operator;
    private final Matching matching;

    private Binaries(Binary binary) {
        this.binary = binary;
        this.operator = binary.operator();
        this.matching = binary.matching();
    }

    static Result of(Binary binary, Result left, Result right) {
        var by = new Binaries(binary);
        if (left instanceof Result.Scalar(double[] lefts) && right instanceof Result.Scalar(double[] rights)) {
            var values = lefts.clone();
            for (int step = 0; step < values.length; step++) {
                values[step] = by.number(lefts[step], rights[step]);
            }
            return new Result.Scalar(values);
        }
        if (left instanceof Result.Vector(List<Line> lines) && right instanceof Result.Scalar(double[] rights)) {
            return new Result.Vector(by.withScalar(lines, rights, true));
        }
        if (left instanceof Result.Scalar(double[] lefts) && right instanceof Result.Vector(List<Line> lines)) {
            return new Result.Vector(by.withScalar(lines, lefts, false));
        }
        var lefts = ((Result.Vector) left).lines();
        var rights = ((Result.Vector) right).lines();
        return new Result.Vector(
                by.operator.isOfSets() ? SetOperators.of(binary, lefts, rights) : by.matched(lefts, rights));
    }

    private double number(double left, double right) {
        return operator.isComparison() ? (operator.holds(left, right) ? 1 : 0) : operator.of(left, right);
    }

    private List<Line> withScalar(List<Line> lines, double[] scalar, boolean isVectorLeft) {
        var result = new ArrayList<Line>();
        for (var line : lines) {
            var made = new Line(line.labels(), scalar.length);
            for (int step = 0; step < scalar.length; step++) {
                if (line.there()[step]) {
                    double value = line.values()[step];
                    put(made, step, isVectorLeft ? value : scalar[step], isVectorLeft ? scalar[step] : value, value);
                }
            }
            result.add(made);
        }
        return keepsName() ? Line.merged(result) : Line.renamed(result, Labels::withoutMetric);
    }

    /// A comparison without `bool` keeps what it holds for.
    private boolean keepsName() {
        return operator.isComparison() && !binary.asBool();
    }

    private void put(Line line, int step, double left, double right, double kept) {
        if (!keepsName()) {
            line.set(step, number(left, right));
        } else if (operator.holds(left, right)) {
            line.set(step, kept);
        }
    }

    private Map<Labels, List<Line>> grouped(List<Line> lines) {
        return Line.grouped(lines, matching::key);
    }

    private List<Line> matched(List<Line> lefts, List<Line> rights) {
        boolean isSwapped = matching.many() == Side.RIGHT;
        var many = isSwapped ? rights : lefts;
        var one = isSwapped ? lefts : rights;
        var manyGroups = grouped(many);
        var oneGroups = grouped(one);
        var anyOfMany = any(many);
        var result = new ArrayList<Line>();
        oneGroups.forEach((key, group) -> {
            requireOne(key, group, anyOfMany, isSwapped);
            result.addAll(pairs(manyGroups.getOrDefault(key, List.of()), group, isSwapped));
        });
        return Line.merged(result);
    }

    private static boolean[] any(List<Line> lines) {
        var any = new boolean[lines.isEmpty() ? 0 : lines.getFirst().values().length];
        for (var line : lines) {
            for (int step = 0; step < any.length; step++) {
                any[step] |= line.there()[step];
            }
        }
        return any;
    }

    private static void requireOne(Labels key, List<Line> group, boolean[] others, boolean isSwapped) {
        for (int step = 0; step < others.length && group.size() > 1; step++) {
            int now = step;
            if (others[step] && group.stream().filter(line -> line.there()[now]).count() > 1) {
                throw problem("found duplicate series for the match group " + key + " on the "
                        + (isSwapped ? "left" : "right") + " hand-side of the operation: ["
                        + group.get(1).labels() + ", " + group.getFirst().labels()
                        + "];many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
    }

    private List<Line> pairs(List<Line> many, List<Line> one, boolean isSwapped) {
        var result = new ArrayList<Line>();
        for (var each : many) {
            for (var other : one) {
                var made = new Line(labels(each.labels(), other.labels()), each.values().length);
                for (int step = 0; step < each.values().length; step++) {
                    if (each.there()[step] && other.there()[step]) {
                        double left = (isSwapped ? other : each).values()[step];
                        double right = (isSwapped ? each : other).values()[step];
                        put(made, step, left, right, left);
                    }
                }
                result.add(made);
            }
        }
        requireUnique(result);
        return result;
    }

    private void requireUnique(List<Line> group) {
        boolean isOne = matching.many() == Side.NEITHER;
        for (int step = 0; group.size() > 1 && step < group.getFirst().values().length; step++) {
            var seen = new HashSet<Labels>();
            for (var line : group) {
                if (line.there()[step] && !seen.add(isOne ? Labels.NONE : line.labels())) {
                    throw problem(
                            isOne
                                    ? SCHEMA + "many-to-one matching must be explicit (group_left/group_right)"
                                    : SCHEMA + "grouping labels must ensure unique matches");
                }
            }
        }
    }

    private Labels labels(Labels many, Labels one) {
        var labels = keepsName() ? many : many.withoutMetric();
        if (matching.many() == Side.NEITHER) {
            return matching.isOn() ? labels.only(matching.labels()) : labels.without(matching.labels());
        }
        for (var name : matching.include()) {
            labels = one.get(name).isEmpty() ? labels.without(Set.of(name)) : labels.with(name, one.get(name));
        }
        return labels;
    }

    private static ProblemException problem(String message) {
        return Problem.user("query.execution", message).exception();
    }
}
