package dev.johwa.watch.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of one moment, while they are gathered.
final class Batch {
    private final long at;
    private final List<Point> points = new ArrayList<>();
    private final Helps helps;

    /// @param helps hears what each metric is
    Batch(long at, Helps helps) {
        this.at = at;
        this.helps = helps;
    }

    /// Its moment, in milliseconds since 1970.
    long at() {
        return at;
    }

    void help(String metric, String help) {
        helps.tell(metric, help);
    }

    void gauge(String metric, Map<String, String> labels, double value) {
        points.add(new Point(named(metric, labels), Kind.GAUGE, at, value));
    }

    void counter(String metric, Map<String, String> labels, double value) {
        points.add(new Point(named(metric, labels), Kind.COUNTER, at, value));
    }

    /// That it was nothing at that moment.
    void zero(String metric, Map<String, String> labels, long before) {
        points.add(new Point(named(metric, labels), Kind.COUNTER, before, 0));
    }

    private static Labels named(String metric, Map<String, String> labels) {
        var all = new HashMap<>(labels);
        all.put(Labels.NAME, metric);
        return Labels.of(all);
    }

    List<Point> points() {
        return points;
    }
}
