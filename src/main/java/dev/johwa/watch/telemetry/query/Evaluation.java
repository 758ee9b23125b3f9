package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.Source;
import dev.johwa.watch.telemetry.query.Expression.Aggregate;
import dev.johwa.watch.telemetry.query.Expression.Binary;
import dev.johwa.watch.telemetry.query.Expression.Call;
import dev.johwa.watch.telemetry.query.Expression.Constant;
import dev.johwa.watch.telemetry.query.Expression.Negation;
import dev.johwa.watch.telemetry.query.Expression.Range;
import dev.johwa.watch.telemetry.query.Expression.Selector;
import dev.johwa.watch.telemetry.query.Expression.Subquery;
import dev.johwa.watch.telemetry.query.Expression.Text;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/// Evaluates an expression at all steps at once, series by series.
final class Evaluation {
    /// Between values of a subquery that does not say.
    private static final long USUAL_STEP = 60_000;

    private final Source source;
    private final Steps steps;
    private final Steps whole;

    Evaluation(Source source, Steps steps) {
        this(source, steps, steps);
    }

    private Evaluation(Source source, Steps steps, Steps whole) {
        this.source = source;
        this.steps = steps;
        this.whole = whole;
    }

    Result of(Expression expression) {
        return switch (expression) {
            case Constant(double value) -> new Result.Scalar(filled(value));
            case Text(String value) -> new Result.Text(value);
            case Selector selector -> new Result.Vector(instants(selector));
            case Aggregate aggregate -> new Result.Vector(aggregate(aggregate));
            case Binary binary -> Binaries.of(binary, of(binary.left()), of(binary.right()));
            case Negation(Expression inner) -> negated(of(inner));
            case Call call -> new Calls(this, call).result();
            case Range _, Subquery _ -> throw new IllegalStateException("a range stands only in a call");
        };
    }

    List<Line> vector(Expression expression) {
        return of(expression) instanceof Result.Vector(List<Line> lines) ? lines : List.of();
    }

    double[] scalar(Expression expression) {
        return of(expression) instanceof Result.Scalar(double[] values) ? values : filled(Double.NaN);
    }

    double[] filled(double value) {
        var values = new double[steps.count()];
        Arrays.fill(values, value);
        return values;
    }

    Steps steps() {
        return steps;
    }

    boolean isCoarse() {
        return source.isCoarse();
    }

    private List<Line> aggregate(Aggregate aggregate) {
        var parameter = aggregate.parameter().map(this::scalar).orElseGet(() -> filled(0));
        return Aggregations.of(aggregate.operator(), vector(aggregate.inner()), parameter, aggregate.grouping());
    }

    private static Result negated(Result inner) {
        return switch (inner) {
            case Result.Scalar(double[] values) ->
                new Result.Scalar(Arrays.stream(values).map(value -> -value).toArray());
            case Result.Vector(List<Line> lines) -> new Result.Vector(mapped(lines, value -> -value));
            case Result.Text text -> text;
        };
    }

    /// Every number changed; what comes of it is not the metric any more.
    static List<Line> mapped(List<Line> lines, DoubleUnaryOperator change) {
        var changed = lines.stream()
                .map(line -> new Line(
                        line.labels(), Arrays.stream(line.values()).map(change).toArray(), line.there()))
                .toList();
        return Line.renamed(changed, Labels::withoutMetric);
    }

    private List<Line> instants(Selector selector) {
        long length = source.lookback();
        return select(selector, earliest(selector.shift()) - length, latest(selector.shift()), Column.LAST).stream()
                .map(series -> instants(new Windows(series, steps, whole, length, selector.shift())))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Line instants(Windows windows) {
        var line = new Line(windows.labels(), windows.steps());
        for (int step = 0; step < windows.steps(); step++) {
            windows.move(step);
            if (windows.size() > 0) {
                line.set(step, windows.value(windows.size() - 1));
            }
        }
        return line;
    }

    private long earliest(Expression.Shift shift) {
        return shift.of(steps.start(), whole);
    }

    private long latest(Expression.Shift shift) {
        return shift.of(steps.at(steps.count() - 1), whole);
    }

    List<Series> select(Selector selector, long from, long until, Column column) {
        return source.select(selector.matchers(), from, until, column);
    }

    /// The samples that a function of a range looks at, of each series.
    Stream<Windows> windows(Expression range, Column column) {
        return switch (range) {
            case Range(Selector selector, long length) ->
                select(selector, earliest(selector.shift()) - length, latest(selector.shift()), column).stream()
                        .map(series -> new Windows(series, steps, whole, length, selector.shift()));
            case Subquery subquery ->
                subquery(subquery, steps).stream()
                        .map(series -> new Windows(series, steps, whole, subquery.length(), subquery.shift()));
            default -> throw new IllegalStateException("no range: " + range);
        };
    }

    /// Its values at multiples of its own step.
    List<Series> subquery(Subquery subquery, Steps of) {
        long step = subquery.step() == 0 ? USUAL_STEP : subquery.step();
        long after = subquery.shift().of(of.start(), whole) - subquery.length();
        long first = Math.floorDiv(after, step) * step + step;
        long last = subquery.shift().of(of.at(of.count() - 1), whole);
        if (last < first) {
            return List.of();
        }
        var inner = new Steps(first, last, step);
        return new Evaluation(source, inner, whole)
                .vector(subquery.inner()).stream()
                        .filter(line -> !line.isEmpty())
                        .map(line -> Engine.series(line, inner))
                        .toList();
    }
}
