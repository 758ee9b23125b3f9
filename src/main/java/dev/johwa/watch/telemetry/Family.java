package dev.johwa.watch.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A metric of the platform with its values of now: the same for the store and for who scrapes `/metrics`.
///
/// @param help in one sentence
public record Family(String name, Type type, String help, List<Value> values) {
    public Family {
        values = List.copyOf(values);
    }

    /// What a metric is.
    public enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    /// @param part `_bucket`, `_sum` or `_count` of a histogram; else empty
    public record Value(String part, Map<String, String> labels, double value) {
        /// Of what is no histogram.
        static Value of(Map<String, String> labels, double value) {
            return new Value("", labels, value);
        }

        /// Of one series of a histogram.
        ///
        /// @param buckets how many were at most each bound and one more for the rest, not cumulated
        /// @param total all that was observed, added up
        public static Stream<Value> histogram(
                Map<String, String> labels, List<Double> bounds, List<Long> buckets, double total) {
            var values = new ArrayList<Value>();
            long sum = 0;
            for (int i = 0; i < buckets.size(); i++) {
                sum += buckets.get(i);
                var all = new HashMap<>(labels);
                all.put(Labels.BOUND, i < bounds.size() ? bound(bounds.get(i)) : "+Inf");
                values.add(new Value("_bucket", all, sum));
            }
            values.add(new Value("_sum", labels, total));
            values.add(new Value("_count", labels, sum));
            return values.stream();
        }

        private static String bound(double bound) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }
    }

    static Family gauge(String name, String help, double value) {
        return new Family(name, Type.GAUGE, help, List.of(Value.of(Map.of(), value)));
    }

    static Family gauge(String name, String help, List<Value> values) {
        return new Family(name, Type.GAUGE, help, values);
    }

    static Family counter(String name, String help, List<Value> values) {
        return new Family(name, Type.COUNTER, help, values);
    }

    void tell(Batch batch) {
        batch.help(name, help);
        for (var each : values) {
            if (type == Type.GAUGE) {
                batch.gauge(name + each.part(), each.labels(), each.value());
            } else {
                batch.counter(name + each.part(), each.labels(), each.value());
            }
        }
    }
}
