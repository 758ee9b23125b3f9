package dev.johwa.watch.telemetry.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.query.Expression.Call;
import dev.johwa.watch.telemetry.query.Expression.Range;
import dev.johwa.watch.telemetry.query.Expression.Selector;
import dev.johwa.watch.telemetry.query.Expression.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/// A call of a function, evaluated.
final class Calls {
    private final Evaluation evaluation;
    private final Call call;

    Calls(Evaluation evaluation, Call call) {
        this.evaluation = evaluation;
        this.call = call;
    }

    Result result() {
        return switch (call.function()) {
            case "time" -> new Result.Scalar(moments());
            case "pi" -> new Result.Scalar(evaluation.filled(Math.PI));
            case "scalar" -> new Result.Scalar(scalar());
            default -> new Result.Vector(lines());
        };
    }

    private List<Line> lines() {
        var name = call.function();
        if (OverTime.NAMES.contains(name) || name.equals("quantile_over_time") || name.equals("predict_linear")) {
            return overTime();
        }
        if (Elementwise.NAMES.contains(name)) {
            return Evaluation.mapped(vector(0), value -> Elementwise.of(name, value));
        }
        return switch (name) {
            case "round" -> with(call.arguments().size() > 1 ? scalar(1) : evaluation.filled(1), Elementwise::rounded);
            case "clamp_min" -> with(scalar(1), Math::max);
            case "clamp_max" -> with(scalar(1), Math::min);
            case "clamp" -> clamped();
            case "histogram_quantile" -> Histograms.quantile(scalar(0), vector(1));
            case "label_replace" -> replaced();
            case "absent" -> absent(vector(0));
            case "absent_over_time" ->
                absent(evaluation
                        .windows(call.arguments().getFirst(), Column.LAST)
                        .map(windows -> OverTime.over("present_over_time", windows, evaluation.filled(0)))
                        .toList());
            case "sort" -> sorted(false);
            case "sort_desc" -> sorted(true);
            case "vector" -> List.of(new Line(Labels.NONE, scalar(0), allThere()));
            default -> throw new IllegalStateException(name);
        };
    }

    private List<Line> vector(int argument) {
        return evaluation.vector(call.arguments().get(argument));
    }

    private double[] scalar(int argument) {
        return evaluation.scalar(call.arguments().get(argument));
    }

    private String text(int argument) {
        return call.arguments().get(argument) instanceof Expression.Text(String value) ? value : "";
    }

    private boolean[] allThere() {
        var there = new boolean[evaluation.steps().count()];
        Arrays.fill(there, true);
        return there;
    }

    private double[] moments() {
        var values = evaluation.filled(0);
        Arrays.setAll(values, step -> evaluation.steps().at(step) / 1000.0);
        return values;
    }

    /// The one value there is; no number where there is none or several.
    private double[] scalar() {
        var values = evaluation.filled(Double.NaN);
        var counts = new int[values.length];
        for (var line : vector(0)) {
            for (int step = 0; step < values.length; step++) {
                if (line.there()[step]) {
                    values[step] = ++counts[step] == 1 ? line.values()[step] : Double.NaN;
                }
            }
        }
        return values;
    }

    private List<Line> overTime() {
        var name = call.function();
        var arguments = call.arguments();
        boolean isRangeFirst = arguments.getFirst().type() == Type.RANGE;
        var range = isRangeFirst ? arguments.getFirst() : arguments.get(1);
        var parameter = arguments.size() == 1
                ? evaluation.filled(0)
                : evaluation.scalar(isRangeFirst ? arguments.get(1) : arguments.getFirst());
        var lines = over(name, range, parameter);
        return name.equals("last_over_time") ? Line.merged(lines) : Line.renamed(lines, Labels::withoutMetric);
    }

    private List<Line> over(String name, Expression range, double[] parameter) {
        if (name.equals("avg_over_time") && range instanceof Range && evaluation.isCoarse()) {
            return meanOfSums(range, parameter);
        }
        // Values of an expression are counted one by one, samples by how many each stands for.
        var as = name.equals("count_over_time") && !(range instanceof Range) ? "count" : name;
        return evaluation
                .windows(range, OverTime.column(name))
                .map(windows -> OverTime.over(as, windows, parameter))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private List<Line> meanOfSums(Expression range, double[] parameter) {
        var counts = new HashMap<Labels, Line>();
        over("count_over_time", range, parameter).forEach(line -> counts.put(line.labels(), line));
        var means = new ArrayList<Line>();
        for (var sum : over("sum_over_time", range, parameter)) {
            var count = counts.get(sum.labels());
            if (count != null) {
                var mean = sum.values().clone();
                Arrays.setAll(mean, step -> sum.values()[step] / count.values()[step]);
                means.add(new Line(sum.labels(), mean, sum.there()));
            }
        }
        return means;
    }

    private List<Line> with(double[] parameter, DoubleBinaryOperator change) {
        var changed = new ArrayList<Line>();
        for (var line : vector(0)) {
            var values = line.values().clone();
            Arrays.setAll(values, step -> change.applyAsDouble(line.values()[step], parameter[step]));
            changed.add(new Line(line.labels(), values, line.there()));
        }
        return Line.renamed(changed, Labels::withoutMetric);
    }

    private List<Line> clamped() {
        var least = scalar(1);
        var most = scalar(2);
        var changed = new ArrayList<Line>();
        for (var line : vector(0)) {
            var clamped = new Line(line.labels(), least.length);
            for (int step = 0; step < least.length; step++) {
                if (line.there()[step] && !(most[step] < least[step])) {
                    clamped.set(step, Elementwise.within(line.values()[step], least[step], most[step]));
                }
            }
            changed.add(clamped);
        }
        return Line.renamed(changed, Labels::withoutMetric);
    }

    private List<Line> sorted(boolean isDown) {
        var order = Comparator.<Line>comparingDouble(line -> line.values()[0]);
        return vector(0).stream()
                .sorted((a, b) -> Double.isNaN(a.values()[0]) || Double.isNaN(b.values()[0])
                        ? Boolean.compare(Double.isNaN(a.values()[0]), Double.isNaN(b.values()[0]))
                        : isDown ? order.compare(b, a) : order.compare(a, b))
                .toList();
    }

    private List<Line> absent(List<Line> lines) {
        var line = new Line(absentLabels(), evaluation.steps().count());
        for (int step = 0; step < line.values().length; step++) {
            int now = step;
            if (lines.stream().noneMatch(each -> each.there()[now])) {
                line.set(step, 1);
            }
        }
        return Line.merged(List.of(line));
    }

    /// Those that what is asked for must have; a label that is asked for twice is none of them.
    private Labels absentLabels() {
        var asked = call.arguments().getFirst() instanceof Range(Selector selector, long _)
                ? selector
                : call.arguments().getFirst();
        var labels = new HashMap<String, String>();
        if (asked instanceof Selector selector) {
            var seen = new HashSet<String>();
            for (var matcher : selector.matchers()) {
                if (matcher.name().equals(Labels.NAME)) {
                    continue;
                }
                if (matcher.kind() == Matcher.Kind.EQUAL && seen.add(matcher.name())) {
                    labels.put(matcher.name(), matcher.value());
                } else {
                    labels.remove(matcher.name());
                }
            }
        }
        return Labels.of(labels);
    }

    private List<Line> replaced() {
        var target = text(1);
        var source = text(3);
        var pattern = pattern(text(4));
        if (target.isEmpty()) {
            throw Problem.user("query.execution", "invalid destination label name in label_replace(): ")
                    .exception();
        }
        var replacement = Replacement.pieces(text(2));
        return Line.renamed(vector(0), labels -> {
            var matcher = pattern.matcher(labels.get(source));
            if (!matcher.matches()) {
                return labels;
            }
            var value = new StringBuilder();
            for (var piece : replacement) {
                value.append(piece.of(matcher));
            }
            return labels.with(target, value.toString());
        });
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile("(?:" + text + ")", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new ProblemException(
                    Problem.user("query.execution", "invalid regular expression in label_replace(): " + text), e);
        }
    }
}
