package dev.johwa.door.web;

import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Numbers;
import dev.johwa.watch.telemetry.Samples;
import dev.johwa.watch.telemetry.Series;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Answers to queries as Prometheus writes them: times in seconds, values as text.
final class PrometheusAnswers {
    private PrometheusAnswers() {}

    static Object data(Answer answer) {
        return switch (answer) {
            case Answer.Scalar(long at, double value) -> data("scalar", pair(at, Numbers.text(value)));
            case Answer.Text(long at, String value) -> data("string", pair(at, value));
            case Answer.Vector(long at, List<Answer.Value> values) ->
                data(
                        "vector",
                        values.stream()
                                .map(each -> Map.of(
                                        "metric", each.labels().map(), "value", pair(at, Numbers.text(each.value()))))
                                .toList());
            case Answer.Matrix(List<Series> series) ->
                data(
                        "matrix",
                        series.stream()
                                .map(each -> Map.of("metric", each.labels().map(), "values", pairs(each.samples())))
                                .toList());
        };
    }

    private static Object data(String type, Object result) {
        return Map.of("resultType", type, "result", result);
    }

    private static List<Object> pair(long at, String value) {
        return List.of(BigDecimal.valueOf(at, 3).stripTrailingZeros().setScale(at % 1000 == 0 ? 0 : 3), value);
    }

    private static List<List<Object>> pairs(Samples samples) {
        return IntStream.range(0, samples.size())
                .mapToObj(i -> pair(samples.times()[i], Numbers.text(samples.values()[i])))
                .toList();
    }
}
