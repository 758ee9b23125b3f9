package dev.johwa.watch.telemetry.otlp;

import dev.johwa.lib.json.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Answers to exporters: what was not taken, and why, in the form of the question.
final class Answers {
    private Answers() {}

    /// What was not taken of a request.
    static final class Rejected {
        private final Set<String> why = new LinkedHashSet<>();
        private long count;

        void add(long more, String reason) {
            if (more > 0) {
                count += more;
                why.add(reason);
            }
        }

        /// What is to be known though nothing was rejected.
        void say(String words) {
            why.add(words);
        }

        private boolean isSilent() {
            return why.isEmpty();
        }

        private String words() {
            return String.join("; ", why);
        }
    }

    static byte[] metrics(Rejected rejected, boolean isJson) {
        if (isJson) {
            return json("rejectedDataPoints", rejected);
        }
        var answer = ExportMetricsServiceResponse.newBuilder();
        if (!rejected.isSilent()) {
            answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(rejected.count)
                    .setErrorMessage(rejected.words()));
        }
        return answer.build().toByteArray();
    }

    static byte[] traces(Rejected rejected, boolean isJson) {
        if (isJson) {
            return json("rejectedSpans", rejected);
        }
        var answer = ExportTraceServiceResponse.newBuilder();
        if (!rejected.isSilent()) {
            answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejected.count)
                    .setErrorMessage(rejected.words()));
        }
        return answer.build().toByteArray();
    }

    static byte[] logs(Rejected rejected, boolean isJson) {
        if (isJson) {
            return json("rejectedLogRecords", rejected);
        }
        var answer = ExportLogsServiceResponse.newBuilder();
        if (!rejected.isSilent()) {
            answer.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(rejected.count)
                    .setErrorMessage(rejected.words()));
        }
        return answer.build().toByteArray();
    }

    private static byte[] json(String name, Rejected rejected) {
        return Json.bytes(
                rejected.isSilent()
                        ? Map.of()
                        : Map.of(
                                "partialSuccess",
                                Map.of(name, Long.toString(rejected.count), "errorMessage", rejected.words())));
    }
}
