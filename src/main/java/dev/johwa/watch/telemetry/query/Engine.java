package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Samples;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.Source;
import dev.johwa.watch.telemetry.query.Expression.Range;
import dev.johwa.watch.telemetry.query.Expression.Selector;
import dev.johwa.watch.telemetry.query.Expression.Subquery;
import dev.johwa.watch.telemetry.query.Expression.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Answers queries of a part of PromQL as Prometheus 3 does. What it lacks is a problem that names it.
public final class Engine {
    /// As many as Prometheus allows.
    private static final int MOST_STEPS = 11_000;

    private static final long LOOKBACK = 300_000;

    private Engine() {}

    /// @param at milliseconds since 1970
    /// @throws dev.johwa.lib.problem.ProblemException with a code `query.…`
    public static Answer instant(String query, long at, Source source) {
        var expression = Parser.parse(query);
        var steps = Steps.one(at);
        var evaluation = new Evaluation(source, steps);
        if (expression instanceof Range(Selector selector, long length)) {
            long moment = selector.shift().of(at, steps);
            return new Answer.Matrix(evaluation.select(selector, moment - length, moment, Column.LAST).stream()
                    .filter(series -> series.samples().size() > 0)
                    .sorted(Comparator.comparing(Series::labels))
                    .toList());
        }
        if (expression instanceof Subquery subquery) {
            return new Answer.Matrix(evaluation.subquery(subquery, steps));
        }
        return switch (evaluation.of(expression)) {
            case Result.Scalar(double[] values) -> new Answer.Scalar(at, values[0]);
            case Result.Text(String value) -> new Answer.Text(at, value);
            case Result.Vector(List<Line> lines) ->
                new Answer.Vector(
                        at,
                        lines.stream()
                                .filter(line -> line.there()[0])
                                .map(line -> new Answer.Value(line.labels(), line.values()[0]))
                                .toList());
        };
    }

    /// At each step from start to end, all in milliseconds.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException as [#instant], and `query.range` for steps that are none
    public static Answer.Matrix range(String query, long start, long end, long step, Source source) {
        requireSteps(start, end, step);
        var expression = Parser.parse(query);
        if (expression.type() == Type.RANGE || expression.type() == Type.TEXT) {
            throw Problem.user(
                            "query.syntax",
                            "invalid expression type \""
                                    + expression.type().word().replaceFirst("an? ", "")
                                    + "\" for range query, must be Scalar or instant Vector")
                    .exception();
        }
        var steps = new Steps(start, end, step);
        return switch (new Evaluation(source, steps).of(expression)) {
            case Result.Scalar(double[] values) ->
                new Answer.Matrix(List.of(series(new Line(Labels.NONE, values, all(values.length)), steps)));
            case Result.Vector(List<Line> lines) ->
                new Answer.Matrix(lines.stream()
                        .filter(line -> !line.isEmpty())
                        .sorted(Comparator.comparing(Line::labels))
                        .map(line -> series(line, steps))
                        .toList());
            case Result.Text _ -> throw new IllegalStateException(query);
        };
    }

    private static void requireSteps(long start, long end, long step) {
        if (step <= 0) {
            throw Problem.user(
                            "query.range",
                            "zero or negative query resolution step widths are not accepted. Try a positive integer")
                    .exception();
        }
        if (end < start) {
            throw Problem.user("query.range", "end timestamp must not be before start time")
                    .exception();
        }
        if ((end - start) / step >= MOST_STEPS) {
            throw Problem.user(
                            "query.range",
                            "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)")
                    .exception();
        }
    }

    /// The earliest moment that a query looks at.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is none
    public static long earliest(String query, long start, long end) {
        return earliest(Parser.parse(query), start, new Steps(start, Math.max(start, end), 1));
    }

    private static long earliest(Expression expression, long start, Steps whole) {
        return switch (expression) {
            case Expression.Constant _, Expression.Text _ -> start;
            case Selector selector -> selector.shift().of(start, whole) - LOOKBACK;
            case Range(Selector selector, long length) -> selector.shift().of(start, whole) - length;
            case Subquery subquery ->
                earliest(subquery.inner(), subquery.shift().of(start, whole) - subquery.length(), whole);
            case Expression.Call call ->
                call.arguments().stream()
                        .mapToLong(each -> earliest(each, start, whole))
                        .min()
                        .orElse(start);
            case Expression.Aggregate aggregate -> earliest(aggregate.inner(), start, whole);
            case Expression.Binary binary ->
                Math.min(earliest(binary.left(), start, whole), earliest(binary.right(), start, whole));
            case Expression.Negation negation -> earliest(negation.inner(), start, whole);
        };
    }

    /// Selectors as `series` and its like are asked by.
    public static List<Matcher> selector(String text) {
        return Parser.selector(text);
    }

    /// Whether a text is a query that could be answered.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is none
    public static void check(String query) {
        Parser.parse(query);
    }

    private static boolean[] all(int count) {
        var there = new boolean[count];
        Arrays.fill(there, true);
        return there;
    }

    static Series series(Line line, Steps steps) {
        var times = new ArrayList<Long>();
        var values = new ArrayList<Double>();
        for (int i = 0; i < line.values().length; i++) {
            if (line.there()[i]) {
                times.add(steps.at(i));
                values.add(line.values()[i]);
            }
        }
        return new Series(
                line.labels(),
                new Samples(
                        times.stream().mapToLong(Long::longValue).toArray(),
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }
}
