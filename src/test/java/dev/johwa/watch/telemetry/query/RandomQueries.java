package dev.johwa.watch.telemetry.query;

import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Samples;
import dev.johwa.watch.telemetry.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Queries of all that there is, and samples that they find something in: by a seed.
final class RandomQueries {
    static final long START = 1_750_000_000_000L;
    static final long LENGTH = 2 * 3_600_000L;

    private static final List<String> OVER_TIME = List.of(
            "rate",
            "increase",
            "irate",
            "delta",
            "idelta",
            "sum_over_time",
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "count_over_time",
            "last_over_time",
            "changes",
            "resets",
            "deriv",
            "present_over_time",
            "stddev_over_time",
            "stdvar_over_time");
    private static final List<String> ELEMENTWISE =
            List.of("abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn", "round", "-");
    private static final List<String> AGGREGATIONS =
            List.of("sum", "avg", "min", "max", "count", "stddev", "stdvar", "group");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    List<Series> samples() {
        var all = new ArrayList<Series>();
        for (var app : List.of("shop", "blog", "shop/api")) {
            for (var instance : List.of("a", "b")) {
                for (var code : List.of("200", "404", "500")) {
                    all.add(counter(
                            Map.of(Labels.NAME, "requests_total", "app", app, "instance", instance, "code", code)));
                }
                all.add(gauge(Map.of(Labels.NAME, "memory_bytes", "app", app, "instance", instance)));
                all.add(gauge(Map.of(Labels.NAME, "level", "app", app, "instance", instance, "unit", "x")));
            }
            all.add(constant(Map.of(Labels.NAME, "build_info", "app", app, "version", "1." + app.length())));
            buckets(app, all);
        }
        return all;
    }

    private Series constant(Map<String, String> labels) {
        return walk(labels, (before, i) -> 1);
    }

    private Series counter(Map<String, String> labels) {
        return walk(labels, (before, i) -> random.nextInt(60) == 0 ? random.nextInt(3) : before + random.nextInt(20));
    }

    private Series gauge(Map<String, String> labels) {
        return walk(labels, (before, i) -> random.nextInt(200) == 0 ? Double.NaN : random.nextGaussian() * 1000);
    }

    private interface Walk {
        double next(double before, int index);
    }

    private Series walk(Map<String, String> labels, Walk walk) {
        var times = new ArrayList<Long>();
        var values = new ArrayList<Double>();
        double value = random.nextInt(100);
        long step = List.of(10_000L, 15_000L, 60_000L).get(random.nextInt(3));
        for (long at = START + random.nextInt(9000); at < START + LENGTH; at += step + random.nextInt(40)) {
            value = walk.next(Double.isNaN(value) ? 0 : value, times.size());
            if (random.nextInt(90) == 0) {
                at += random.nextInt(900_000);
            }
            times.add(at);
            values.add(value);
        }
        return new Series(
                Labels.of(labels),
                new Samples(
                        times.stream().mapToLong(Long::longValue).toArray(),
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private void buckets(String app, List<Series> all) {
        var bounds = List.of("0.1", "0.5", "1", "5", "+Inf");
        int size = (int) (LENGTH / 15_000);
        var times = new long[size];
        var values = new double[bounds.size()][size];
        var counts = new double[bounds.size()];
        for (int i = 0; i < size; i++) {
            times[i] = START + 15_000L * i;
            for (int request = random.nextInt(9); request > 0; request--) {
                for (int bucket = random.nextInt(bounds.size()); bucket < bounds.size(); bucket++) {
                    counts[bucket]++;
                }
            }
            for (int bucket = 0; bucket < bounds.size(); bucket++) {
                values[bucket][i] = counts[bucket];
            }
        }
        for (int bucket = 0; bucket < bounds.size(); bucket++) {
            all.add(new Series(
                    Labels.of(Map.of(Labels.NAME, "duration_seconds_bucket", "app", app, "le", bounds.get(bucket))),
                    new Samples(times, values[bucket])));
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String number() {
        return any(List.of("0", "1", "2", "0.5", "100", "-3", "1e3", "5m"));
    }

    private String length() {
        return any(List.of("1m", "5m", "90s", "10m", "1h", "300"));
    }

    private String selector() {
        var name = any(List.of("requests_total", "memory_bytes", "level", "build_info", "duration_seconds_bucket"));
        var matchers = any(List.of(
                "",
                "",
                "{app=\"shop\"}",
                "{app!=\"shop\"}",
                "{app=~\"sh.*\"}",
                "{app!~\"b.+\", instance=\"a\"}",
                "{missing=\"\"}",
                "{code=~\"4..|500\"}"));
        return random.nextInt(12) == 0 ? "{__name__=~\"lev.*|mem.*\", app=\"blog\"}" : name + matchers;
    }

    private String shift() {
        return any(List.of(
                "", "", "", "", " offset 5m", " offset -3m", " @ end()", " @ 1750003600", " offset 1m @ start()"));
    }

    private String grouping() {
        return any(List.of(
                "", " by (app)", " by (app, code)", " without (instance)", " by (nothing)", " without (le, app)"));
    }

    private String matching() {
        return any(List.of(
                "",
                "",
                " on (app)",
                " ignoring (code)",
                " on (app, instance) group_left",
                " on (app) group_left (version)",
                " on (app, instance) group_right (code)",
                " ignoring (unit)",
                " on ()"));
    }

    /// A query that gives an instant vector.
    String vector(int depth) {
        if (depth <= 0) {
            return random.nextInt(3) == 0 ? over() : selector() + shift();
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> over();
            case 3 -> any(AGGREGATIONS) + grouping() + " (" + vector(depth - 1) + ")";
            case 4 -> best();
            case 5 ->
                "quantile" + grouping() + " (" + any(List.of("0.5", "0.9", "-1", "2")) + ", " + vector(depth - 1) + ")";
            case 6 -> any(ELEMENTWISE) + "(" + vector(depth - 1) + ")";
            case 7 ->
                "(" + vector(depth - 1) + any(List.of(" + ", " - ", " * ", " / ", " % ", " ^ ", " > ", " <= bool "))
                        + number() + ")";
            case 8 -> number() + any(List.of(" - ", " / ", " ^ ", " < ", " >= bool ", " == ")) + vector(depth - 1);
            case 9 ->
                "(" + vector(depth - 1)
                        + any(List.of(" + ", " / ", " > ", " != bool ", " atan2 "))
                                .stripTrailing() + matching() + " " + vector(depth - 1) + ")";
            case 10 ->
                "(" + vector(depth - 1) + any(List.of(" and", " or", " unless"))
                        + any(List.of("", " on (app)", " ignoring (code)")) + " " + vector(depth - 1) + ")";
            default -> special(depth);
        };
    }

    /// Of values that are never alike: which of equal ones is taken is left open.
    private String best() {
        var of = any(List.of(
                "level",
                "memory_bytes",
                "-level",
                "stddev_over_time(level[5m])",
                "sum by (app) (level)",
                "avg_over_time(memory_bytes[10m]) * 2"));
        return any(List.of("topk", "bottomk")) + any(List.of("", " by (app)", " without (instance)")) + " ("
                + random.nextInt(5) + ", " + of + ")";
    }

    private String over() {
        int which = random.nextInt(12);
        var range = which == 0
                ? vector(0) + "[" + length() + ":" + any(List.of("1m", "", "30s")) + "]"
                        + any(List.of("", " offset 2m"))
                : selector() + "[" + length() + "]" + shift();
        return switch (random.nextInt(14)) {
            case 0 -> "quantile_over_time(" + any(List.of("0.5", "0.99")) + ", " + range + ")";
            case 1 -> "predict_linear(" + range + ", 600)";
            default -> any(OVER_TIME) + "(" + range + ")";
        };
    }

    private String special(int depth) {
        return switch (random.nextInt(10)) {
            case 0, 1 ->
                "histogram_quantile(" + any(List.of("0.5", "0.95", "0.99", "1.5")) + ", sum by (le"
                        + any(List.of("", ", app")) + ") (rate(duration_seconds_bucket[" + length() + "])))";
            case 2 ->
                "label_replace(" + vector(depth - 1)
                        + any(List.of(
                                ", \"app\", \"$1\", \"app\", \"(.).*\")", ", \"new\", \"x-$1\", \"code\", \"(4).*\")"));
            case 3 -> "absent(" + any(List.of("missing_metric{app=\"shop\", x=~\"y\"}", selector())) + ")";
            case 4 -> "absent_over_time(" + any(List.of("missing_metric{app=\"shop\"}", selector())) + "[5m])";
            case 5 -> "clamp(" + vector(depth - 1) + ", -10, 100)";
            case 6 -> "clamp_min(" + vector(depth - 1) + ", 1)";
            case 7 -> "vector(scalar(" + vector(depth - 1) + "))";
            case 8 -> vector(depth - 1) + " * time()";
            default -> "round(" + vector(depth - 1) + ", 0.1)";
        };
    }
}
