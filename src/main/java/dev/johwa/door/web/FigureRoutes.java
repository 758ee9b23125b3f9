package dev.johwa.door.web;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.MetricValues;
import dev.johwa.door.api.MetricsList;
import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Numbers;
import dev.johwa.watch.telemetry.Selector;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What apps did to their users in the last hour, or another time.
final class FigureRoutes {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(730);
    private static final String[] KEY = {"app", "environment", "release"};

    private final WebRooms rooms;
    private final Telemetry telemetry;

    FigureRoutes(WebRooms rooms) {
        this.rooms = rooms;
        this.telemetry = rooms.telemetry();
    }

    List<Route> all() {
        return List.of(
                Route.get("/api/v1/metrics", Access.SIGNED_IN, "What apps did to their users", this::show)
                        .query("name", "PROJECT or PROJECT/APP; all that may be seen by default")
                        .query("environment", "all by default")
                        .query("since", "how far back: 1h by default")
                        .gives(MetricsList.class),
                Route.get("/api/v1/metrics/values", Access.SIGNED_IN, "What a query answers now", this::values)
                        .query("query", "in PromQL: a metric's name, or what is computed of it")
                        .gives(MetricValues.class));
    }

    private void values(Call call) {
        var query = call.query("query")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.user("request.parameter", "the parameter query is missing")
                        .hint("query=orders_total, or query=rate(orders_total[5m])")
                        .exception());
        var now = rooms.clock().now();
        call.answer(new MetricValues(now, values(telemetry.instant(query, now, call::maySeeFigures))));
    }

    private static List<MetricValues.Value> values(Answer answer) {
        return switch (answer) {
            case Answer.Vector(long _, List<Answer.Value> values) ->
                values.stream()
                        .map(each -> new MetricValues.Value(each.labels().map(), Numbers.text(each.value())))
                        .toList();
            case Answer.Scalar(long _, double value) -> List.of(new MetricValues.Value(Map.of(), Numbers.text(value)));
            case Answer.Text(long _, String value) -> List.of(new MetricValues.Value(Map.of(), value));
            case Answer.Matrix _ ->
                throw Problem.user("query.range", "the query answers with the values of a time, not with one of now")
                        .hint("put a function around it: rate(…), increase(…), max_over_time(…)")
                        .exception();
        };
    }

    private void show(Call call) {
        var name = call.query("name");
        name.ifPresent(text -> call.require(Permission.READ, Optional.of(AppName.projectOf(text))));
        var now = rooms.clock().now();
        var since = Since.instant(call.query("since").orElse("1h"), now);
        var length = Duration.between(since, now);
        if (length.compareTo(LEAST) < 0 || length.compareTo(MOST) > 0) {
            throw Problem.user("request.since", "--since is from 1m to 730d").exception();
        }
        var environment = call.query("environment");
        var list = new Look(call, name, environment, now, length).list(since);
        if (list.apps().isEmpty() && list.instances().isEmpty()) {
            name.ifPresent(text -> requireKnown(call, text, environment));
        }
        call.answer(list);
    }

    /// A name without any figures may be written wrong.
    private void requireKnown(Call call, String text, Optional<String> environment) {
        var name = AppName.parse(text);
        boolean isProject = !text.contains("/");
        var releases = rooms.releases();
        boolean isReleased = releases.environments().stream()
                .filter(each -> each.project().equals(name.project()))
                .filter(each -> isProject || each.app().equals(name.app()))
                .anyMatch(each -> environment.map(each.environment()::equals).orElse(true));
        boolean isPushed =
                isProject && environment.isEmpty() && rooms.repositories().exists(name.project());
        if (!isReleased && !isPushed) {
            var where = new AppEnvironment(name.project(), name.app(), environment.orElse(AppEnvironment.PRODUCTION));
            throw UnknownApp.problem(call, releases, where);
        }
    }

    /// One answer, while it is gathered.
    private final class Look {
        private final Call call;
        private final Optional<String> name;
        private final Instant now;
        private final String within;
        private final String length;
        private final Duration time;
        private final Map<AppEnvironment, Release> live;

        Look(Call call, Optional<String> name, Optional<String> environment, Instant now, Duration time) {
            this.call = call;
            this.name = name;
            this.now = now;
            this.time = time;
            this.live = rooms.releases().errands().live();
            this.length = time.toSeconds() + "s";
            this.within = name.map(text -> "app=~" + Labels.quoted(pattern(text)) + ",")
                            .orElse("")
                    + environment
                            .map(text -> "environment=" + Labels.quoted(text) + ",")
                            .orElse("");
        }

        /// A project is all of its apps.
        private static String pattern(String name) {
            var exactly = name.replaceAll("[^A-Za-z0-9_/-]", "\\\\$0");
            return name.contains("/") ? exactly : exactly + "(/.*)?";
        }

        private Map<Labels, Double> ask(String query) {
            var found = new TreeMap<Labels, Double>();
            if (telemetry.instant(query, now, call::maySeeFigures)
                    instanceof Answer.Vector(long _, List<Answer.Value> values)) {
                values.stream()
                        .filter(each -> Double.isFinite(each.value()))
                        .forEach(each -> found.put(each.labels(), each.value()));
            }
            return found;
        }

        MetricsList list(Instant since) {
            return new MetricsList(since, now, apps(), instances(), host(), own(), dropped());
        }

        private List<MetricsList.App> apps() {
            var by = "sum by (" + String.join(", ", KEY) + ") (johwa_increase(";
            var requests = ask(by + "johwa_app_requests_total{" + within + "}[" + length + "]))");
            var errors = ask(by + "johwa_app_requests_total{" + within + "status=~\"5..\"}[" + length + "]))");
            var half = times("0.5");
            var most = times("0.95");
            var nearlyAll = times("0.99");
            return requests.entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .map(each -> new MetricsList.App(
                            each.getKey().get("app"),
                            each.getKey().get("environment"),
                            number(each.getKey()),
                            rounded(each.getValue()),
                            each.getValue() / time.toSeconds(),
                            rounded(errors.getOrDefault(each.getKey(), 0.0)),
                            Optional.ofNullable(half.get(each.getKey())),
                            Optional.ofNullable(most.get(each.getKey())),
                            Optional.ofNullable(nearlyAll.get(each.getKey())),
                            counter(each.getKey())))
                    .toList();
        }

        private Optional<MetricsList.Counter> counter(Labels of) {
            var where = AppEnvironment.of(of.get("app"), of.get("environment"));
            // Of what serves: the release before it may have counted the same in another way, or not yet.
            return Optional.ofNullable(live.get(where))
                    .flatMap(release -> release.settings().counter())
                    .map(each -> new MetricsList.Counter(each.name(), counted(each.counted(), of)));
        }

        private double counted(String metric, Labels of) {
            var selector = Selector.of(of.get("app"), of.get("environment")).with("release", of.get("release"));
            return ask("sum(johwa_increase(" + selector.of(metric) + "[" + length + "]))").values().stream()
                    .mapToDouble(FigureRoutes.Look::rounded)
                    .sum();
        }

        /// Within which time a share of the requests was answered.
        private Map<Labels, Double> times(String share) {
            return ask("histogram_quantile(" + share + ", sum by (le, " + String.join(", ", KEY)
                    + ") (increase(johwa_app_request_duration_seconds_bucket{" + within + "}[" + length + "])))");
        }

        /// What is carried on to the ends of the time is no whole request.
        private static double rounded(double value) {
            return Math.round(value * 10) / 10.0;
        }

        private static int number(Labels labels) {
            try {
                return Integer.parseInt(labels.get("release"));
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private List<MetricsList.Instance> instances() {
            var memory = ask("johwa_instance_memory_bytes{" + within + "}");
            var cpu = new HashMap<Labels, Double>(ask("rate(johwa_instance_cpu_seconds_total{" + within + "}["
                    + Math.min(300, time.toSeconds()) + "s])"));
            return memory.entrySet().stream()
                    .map(each -> {
                        var labels = each.getKey().withoutMetric();
                        return new MetricsList.Instance(
                                labels.get("app"),
                                labels.get("environment"),
                                number(labels),
                                labels.get("process"),
                                labels.get("instance"),
                                Optional.ofNullable(cpu.get(labels)),
                                Optional.of(each.getValue()));
                    })
                    .toList();
        }

        private Map<String, Double> host() {
            var host = new LinkedHashMap<String, Double>();
            if (name.isEmpty()) {
                ask("{__name__=~\"johwa_host_[a-z0-9_]+\", mode=\"\"}")
                        .forEach((labels, value) -> host.put(labels.metric().replaceFirst("johwa_host_", ""), value));
                ask("sum(rate(johwa_host_cpu_seconds_total{mode!~\"idle|iowait\"}[5m]))")
                        .forEach((labels, value) -> host.put("cpu_cores", value));
            }
            return host;
        }

        private List<String> own() {
            return name.isEmpty()
                    ? List.of()
                    : telemetry.series(List.of("{" + within + "__name__!~\"johwa_.*\"}"), call::maySeeFigures).stream()
                            .map(Labels::metric)
                            .distinct()
                            .sorted()
                            .toList();
        }

        private List<MetricsList.Dropped> dropped() {
            return telemetry.dropped().stream()
                    .filter(each -> name.isEmpty() || name.get().equals(each.app()))
                    .filter(each -> call.maySeeFigures(Labels.of(Map.of(Telemetry.APP, each.app()))))
                    .map(each ->
                            new MetricsList.Dropped(each.app(), each.why(), each.values(), each.example(), each.last()))
                    .toList();
        }
    }
}
