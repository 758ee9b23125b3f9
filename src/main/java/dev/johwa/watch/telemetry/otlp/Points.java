package dev.johwa.watch.telemetry.otlp;

import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import dev.johwa.watch.telemetry.Point;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Points of the metrics of one resource.
final class Points {
    private static final long NANOS = 1_000_000;

    private final Map<String, String> place;
    private final Deltas deltas;
    private final long now;
    private final List<Point> points = new ArrayList<>();
    private long refused;
    private String why = "";

    Points(Map<String, String> place, Deltas deltas, long now) {
        this.place = place;
        this.deltas = deltas;
        this.now = now;
    }

    List<Point> points() {
        return points;
    }

    /// How many points are of a kind that is not kept.
    long refused() {
        return refused;
    }

    String why() {
        return why;
    }

    void add(Metric metric) {
        var name = metric.getName();
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(each -> number(name, each, Kind.GAUGE, false));
            case SUM -> {
                var sum = metric.getSum();
                var kind = sum.getIsMonotonic() ? Kind.COUNTER : Kind.GAUGE;
                boolean isDelta = isDelta(sum.getAggregationTemporality());
                sum.getDataPointsList().forEach(each -> number(name, each, kind, isDelta));
            }
            case HISTOGRAM -> {
                boolean isDelta = isDelta(metric.getHistogram().getAggregationTemporality());
                metric.getHistogram().getDataPointsList().forEach(each -> histogram(name, each, isDelta));
            }
            case SUMMARY -> metric.getSummary().getDataPointsList().forEach(each -> summary(name, each));
            case EXPONENTIAL_HISTOGRAM ->
                refuse(
                        metric.getExponentialHistogram().getDataPointsCount(),
                        "exponential histograms are not kept: " + name
                                + "; set OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION=explicit_bucket_histogram");
            case DATA_NOT_SET -> {}
        }
    }

    private static boolean isDelta(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    private void refuse(long count, String reason) {
        refused += count;
        why = reason;
    }

    private static boolean isMissing(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    }

    private long at(long nanos) {
        return nanos == 0 ? now : Long.divideUnsigned(nanos, NANOS);
    }

    private void number(String name, NumberDataPoint point, Kind kind, boolean isDelta) {
        if (isMissing(point.getFlags())) {
            return;
        }
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        put(Places.labels(name, point.getAttributesList(), place), kind, at(point.getTimeUnixNano()), value, isDelta);
    }

    private void put(Labels labels, Kind kind, long at, double value, boolean isDelta) {
        if (labels.metric().isEmpty() || labels.metric().startsWith("johwa_")) {
            refuse(1, "a metric has no name, or one that begins with johwa_, as those of the platform do");
            return;
        }
        points.add(new Point(labels, kind, at, isDelta ? deltas.reached(labels, at, value) : value));
    }

    private Labels labels(String name, List<KeyValue> attributes, String more, String value) {
        return Places.labels(name, attributes, place).with(more, value);
    }

    private void histogram(String name, HistogramDataPoint point, boolean isDelta) {
        int buckets = point.getBucketCountsCount();
        if (buckets > 0 && buckets != point.getExplicitBoundsCount() + 1) {
            refuse(
                    1,
                    "the histogram " + name + " has " + buckets + " buckets and " + point.getExplicitBoundsCount()
                            + " bounds");
            return;
        }
        if (isMissing(point.getFlags())) {
            return;
        }
        long at = at(point.getTimeUnixNano());
        var attributes = point.getAttributesList();
        double sum = 0;
        for (int i = 0; i < buckets; i++) {
            sum += point.getBucketCounts(i);
            var bound = i < buckets - 1 ? Numbers.text(point.getExplicitBounds(i)) : "+Inf";
            put(labels(name + "_bucket", attributes, Labels.BOUND, bound), Kind.COUNTER, at, sum, isDelta);
        }
        if (buckets == 0) {
            put(
                    labels(name + "_bucket", attributes, Labels.BOUND, "+Inf"),
                    Kind.COUNTER,
                    at,
                    point.getCount(),
                    isDelta);
        }
        put(Places.labels(name + "_count", attributes, place), Kind.COUNTER, at, point.getCount(), isDelta);
        if (point.hasSum()) {
            put(Places.labels(name + "_sum", attributes, place), Kind.COUNTER, at, point.getSum(), isDelta);
        }
    }

    private void summary(String name, SummaryDataPoint point) {
        if (isMissing(point.getFlags())) {
            return;
        }
        long at = at(point.getTimeUnixNano());
        var attributes = point.getAttributesList();
        for (var each : point.getQuantileValuesList()) {
            var share = Numbers.text(each.getQuantile());
            put(labels(name, attributes, "quantile", share), Kind.GAUGE, at, each.getValue(), false);
        }
        put(Places.labels(name + "_count", attributes, place), Kind.COUNTER, at, point.getCount(), false);
        put(Places.labels(name + "_sum", attributes, place), Kind.COUNTER, at, point.getSum(), false);
    }
}
