package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a query of PromQL answers now.
public record MetricValues(Instant at, List<Value> values) {
    public MetricValues {
        values = List.copyOf(values);
    }

    /// @param labels with the name of the metric as `__name__`, where it still has one
    /// @param value as Prometheus writes it: `0.5`, `NaN`, `+Inf`
    public record Value(Map<String, String> labels, String value) {
        public Value {
            labels = Map.copyOf(labels);
        }
    }
}
