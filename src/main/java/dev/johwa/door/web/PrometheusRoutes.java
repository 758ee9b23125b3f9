package dev.johwa.door.web;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Kind;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import dev.johwa.watch.telemetry.Telemetry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The part of Prometheus' HTTP API that asks for samples, in its own form, errors too.
/// Source of the form: prometheus.io/docs/prometheus/latest/querying/api.
final class PrometheusRoutes {
    private static final String BELOW = "/prometheus/api/v1/";
    /// The one whose answers ours are compared with.
    private static final String VERSION = "3.5.0";
    private static final Duration RANGE_MOST = Duration.ofDays(36_500);

    private final Telemetry telemetry;
    private final Clock clock;

    PrometheusRoutes(Telemetry telemetry, Clock clock) {
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @FunctionalInterface
    private interface Answering {
        Object data(Call call) throws IOException;
    }

    List<Route> all() {
        return Stream.of(
                        both("query", "Answer a query of PromQL at one moment", this::query),
                        both("query_range", "Answer a query of PromQL at each step", this::range),
                        both("series", "Series that selectors find", this::series),
                        both("labels", "Names of labels", this::labels),
                        Stream.of(get("label/{label}/values", "Values of a label", this::values)),
                        Stream.of(get("metadata", "What metrics are", this::metadata)),
                        Stream.of(get("status/buildinfo", "Which Prometheus it answers like", this::version)))
                .flatMap(routes -> routes)
                .toList();
    }

    private static Stream<Route> both(String name, String summary, Answering answering) {
        return Stream.of(
                get(name, summary, answering),
                Route.post(
                        BELOW + name, Access.SIGNED_IN, summary + ", asked by a form", call -> tell(call, answering)));
    }

    private static Route get(String name, String summary, Answering answering) {
        return Route.get(BELOW + name, Access.SIGNED_IN, summary, call -> tell(call, answering));
    }

    private static void tell(Call call, Answering answering) throws IOException {
        var answer = new LinkedHashMap<String, Object>();
        int status = 200;
        try {
            answer.put("status", "success");
            answer.put("data", answering.data(call));
        } catch (ProblemException e) {
            var problem = e.problem();
            if (problem.kind() != Kind.USER || !problem.code().matches("(query|request)\\..*")) {
                throw e;
            }
            boolean isExecution = problem.code().matches("query\\.(execution|too-large)");
            status = isExecution ? 422 : 400;
            answer.put("status", "error");
            answer.put("errorType", isExecution ? "execution" : "bad_data");
            answer.put("error", problem.text());
        }
        call.context().status(status).contentType("application/json").result(Json.bytes(answer));
    }

    private Object query(Call call) throws IOException {
        var at = moment(call, "time", clock.now());
        return PrometheusAnswers.data(telemetry.instant(needed(call, "query"), at, call::maySeeFigures));
    }

    private Object range(Call call) throws IOException {
        var start = moment(call, "start");
        var end = moment(call, "end");
        var step = step(call);
        return PrometheusAnswers.data(telemetry.range(needed(call, "query"), start, end, step, call::maySeeFigures));
    }

    private static String needed(Call call, String name) throws IOException {
        var values = call.parameters(name);
        if (values.isEmpty() || values.getFirst().isEmpty()) {
            throw Problem.user("request.parameter", "invalid parameter \"" + name + "\": it is missing")
                    .exception();
        }
        return values.getFirst();
    }

    private static Instant moment(Call call, String name, Instant otherwise) throws IOException {
        return call.parameters(name).isEmpty() ? otherwise : moment(call, name);
    }

    private static Instant moment(Call call, String name) throws IOException {
        var text = needed(call, name);
        var seconds = Numbers.number(text);
        if (seconds.isPresent() && Math.abs(seconds.getAsDouble()) < RANGE_MOST.toSeconds()) {
            return Instant.ofEpochMilli(Math.round(seconds.getAsDouble() * 1000));
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, text, "a valid timestamp");
        }
    }

    private static Duration step(Call call) throws IOException {
        var text = needed(call, "step");
        var length = Numbers.length(text);
        if (length.isEmpty()) {
            throw wrong("step", text, "a valid duration");
        }
        return Duration.ofMillis(length.getAsLong());
    }

    private static ProblemException wrong(String name, String text, String what) {
        return Problem.user(
                        "request.parameter",
                        "invalid parameter \"" + name + "\": cannot parse \"" + text + "\" to " + what)
                .exception();
    }

    private List<Labels> found(Call call) throws IOException {
        return telemetry.series(call.parameters("match[]"), call::maySeeFigures);
    }

    private static <T> List<T> limited(Call call, Stream<T> all) throws IOException {
        var limits = call.parameters("limit");
        int limit = limits.isEmpty() ? 0 : Call.number("limit", limits.getFirst());
        return limit > 0 ? all.limit(limit).toList() : all.toList();
    }

    private Object series(Call call) throws IOException {
        needed(call, "match[]");
        return limited(call, found(call).stream().sorted().map(Labels::map));
    }

    private Object labels(Call call) throws IOException {
        var names = new TreeSet<String>();
        found(call).forEach(labels -> names.addAll(labels.map().keySet()));
        return limited(call, names.stream());
    }

    private Object values(Call call) throws IOException {
        var name = call.path("label");
        var values = new TreeSet<String>();
        found(call).forEach(labels -> values.add(labels.get(name)));
        values.remove("");
        return limited(call, values.stream());
    }

    private Object metadata(Call call) throws IOException {
        var metadata = new LinkedHashMap<String, Object>();
        var wanted = call.parameters("metric");
        telemetry.kinds(call::maySeeFigures).forEach((metric, kind) -> {
            if (wanted.isEmpty() || wanted.contains(metric)) {
                var helps = telemetry.helps().of(metric, call::maySeeFigures);
                metadata.put(
                        metric,
                        (helps.isEmpty() ? List.of("") : helps)
                                .stream()
                                        .map(help -> Map.of("type", Words.lower(kind), "help", help, "unit", ""))
                                        .toList());
            }
        });
        return metadata;
    }

    private Object version(Call call) {
        return Map.of(
                "version",
                VERSION,
                "revision",
                "",
                "branch",
                "",
                "buildUser",
                "johwa",
                "buildDate",
                "",
                "goVersion",
                "");
    }
}
