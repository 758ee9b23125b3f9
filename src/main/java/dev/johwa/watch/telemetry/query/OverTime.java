package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Column;
import java.util.Set;

/// Functions of what a series was over some time.
final class OverTime {
    static final Set<String> NAMES = Set.of(
            "rate",
            "increase",
            "johwa_increase",
            "delta",
            "irate",
            "idelta",
            "changes",
            "resets",
            "deriv",
            "sum_over_time",
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "count_over_time",
            "last_over_time",
            "present_over_time",
            "stddev_over_time",
            "stdvar_over_time");

    private OverTime() {}

    /// The figure that a coarse tier is asked for.
    static Column column(String function) {
        return switch (function) {
            case "rate", "increase", "johwa_increase", "irate" -> Column.GROWN;
            case "sum_over_time" -> Column.SUM;
            case "count_over_time" -> Column.COUNT;
            case "min_over_time" -> Column.LEAST;
            case "max_over_time" -> Column.MOST;
            default -> Column.LAST;
        };
    }

    /// @param parameter of functions that take a number beside the range
    static Line over(String function, Windows windows, double[] parameter) {
        var line = new Line(windows.labels(), windows.steps());
        for (int step = 0; step < windows.steps(); step++) {
            windows.move(step);
            if (windows.size() > 0) {
                one(function, windows, parameter[step], line, step);
            }
        }
        return line;
    }

    private static void one(String function, Windows all, double parameter, Line line, int step) {
        int size = all.size();
        switch (function) {
            case "rate", "increase", "johwa_increase", "delta" -> grown(function, all, line, step);
            case "irate", "idelta" -> lately(function.equals("irate"), all, line, step);
            case "sum_over_time", "count_over_time" -> line.set(step, sum(all));
            case "count" -> line.set(step, size);
            case "avg_over_time" -> line.set(step, mean(all));
            case "min_over_time" -> line.set(step, extreme(all, false));
            case "max_over_time" -> line.set(step, extreme(all, true));
            case "last_over_time" -> line.set(step, all.value(size - 1));
            case "present_over_time" -> line.set(step, 1);
            case "stdvar_over_time" -> line.set(step, variance(all));
            case "stddev_over_time" -> line.set(step, Math.sqrt(variance(all)));
            case "changes" -> line.set(step, turns(all, false));
            case "resets" -> line.set(step, turns(all, true));
            case "quantile_over_time" -> line.set(step, Aggregations.quantile(parameter, all.copy()));
            case "deriv", "predict_linear" -> slope(function, all, parameter, line, step);
            default -> throw new IllegalStateException(function);
        }
    }

    /// How much it grew, carried on to both ends of the range when samples lie near to them: as Prometheus does.
    private static void grown(String function, Windows all, Line line, int step) {
        int last = all.size() - 1;
        if (last < 1) {
            return;
        }
        boolean isCounter = !function.equals("delta");
        double result = all.value(last) - all.value(0);
        for (int i = 1; isCounter && i <= last; i++) {
            result += all.value(i) < all.value(i - 1) ? all.value(i - 1) : 0;
        }
        if (function.equals("johwa_increase")) {
            line.set(step, result);
            return;
        }
        double toStart = (all.time(0) - all.from()) / 1000.0;
        double toEnd = (all.until() - all.time(last)) / 1000.0;
        double sampled = (all.time(last) - all.time(0)) / 1000.0;
        double between = sampled / last;
        double threshold = between * 1.1;
        toStart = toStart >= threshold ? between / 2 : toStart;
        if (isCounter && result > 0 && all.value(0) >= 0) {
            toStart = Math.min(toStart, sampled * (all.value(0) / result));
        }
        toEnd = toEnd >= threshold ? between / 2 : toEnd;
        double factor = (sampled + toStart + toEnd) / sampled;
        line.set(step, result * (function.equals("rate") ? factor / (all.length() / 1000.0) : factor));
    }

    private static void lately(boolean isRate, Windows all, Line line, int step) {
        int last = all.size() - 1;
        if (last < 1) {
            return;
        }
        double before = all.value(last - 1);
        double now = all.value(last);
        double result = isRate && now < before ? now : now - before;
        line.set(step, isRate ? result / ((all.time(last) - all.time(last - 1)) / 1000.0) : result);
    }

    private static double sum(Windows all) {
        var sum = new Sum();
        for (int i = 0; i < all.size(); i++) {
            sum.add(all.value(i));
        }
        return sum.value();
    }

    private static double mean(Windows all) {
        var sum = new Sum();
        for (int i = 0; i < all.size(); i++) {
            sum.addToMean(all.value(i));
        }
        return sum.mean();
    }

    private static double extreme(Windows all, boolean isMost) {
        double found = all.value(0);
        for (int i = 1; i < all.size(); i++) {
            double value = all.value(i);
            found = (isMost ? value > found : value < found) || Double.isNaN(found) ? value : found;
        }
        return found;
    }

    private static double variance(Windows all) {
        var mean = new Sum();
        var squares = new Sum();
        for (int i = 0; i < all.size(); i++) {
            double delta = all.value(i) - mean.value();
            mean.add(delta / (i + 1));
            squares.add(delta * (all.value(i) - mean.value()));
        }
        return squares.value() / all.size();
    }

    private static int turns(Windows all, boolean isReset) {
        int turns = 0;
        for (int i = 1; i < all.size(); i++) {
            double before = all.value(i - 1);
            double now = all.value(i);
            boolean isTurn = isReset ? now < before : now != before && !(Double.isNaN(now) && Double.isNaN(before));
            turns += isTurn ? 1 : 0;
        }
        return turns;
    }

    /// The line that fits best, by least squares.
    private static void slope(String function, Windows all, double ahead, Line line, int step) {
        if (all.size() < 2) {
            return;
        }
        boolean isDeriv = function.equals("deriv");
        long origin = isDeriv ? all.time(0) : all.moment();
        var sums = new Sum[] {new Sum(), new Sum(), new Sum(), new Sum()};
        boolean isFlat = true;
        for (int i = 0; i < all.size(); i++) {
            double x = (all.time(i) - origin) / 1000.0;
            double y = all.value(i);
            isFlat &= y == all.value(0);
            sums[0].add(x);
            sums[1].add(y);
            sums[2].add(x * y);
            sums[3].add(x * x);
        }
        double n = all.size();
        double slope = 0;
        double start = all.value(0);
        if (isFlat && Double.isInfinite(start)) {
            slope = Double.NaN;
            start = Double.NaN;
        } else if (!isFlat) {
            double sumX = sums[0].value();
            double sumY = sums[1].value();
            slope = (sums[2].value() - sumX * sumY / n) / (sums[3].value() - sumX * sumX / n);
            start = sumY / n - slope * sumX / n;
        }
        line.set(step, isDeriv ? slope : slope * ahead + start);
    }
}
