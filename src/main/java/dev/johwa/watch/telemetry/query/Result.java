package dev.johwa.watch.telemetry.query;

import java.util.List;

/// What an expression gave at each step.
sealed interface Result {
    record Scalar(double[] values) implements Result {}

    record Vector(List<Line> lines) implements Result {}

    record Text(String value) implements Result {}
}
