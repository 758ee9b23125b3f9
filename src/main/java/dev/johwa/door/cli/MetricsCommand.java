package dev.johwa.door.cli;

import dev.johwa.door.api.MetricsList;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Shows what apps did to their users, by release: requests, errors and times; what instances use.",
        footer = {
            "%nExample:",
            "  johwa metrics shop --since 24h",
            "  johwa metrics --json",
            "  johwa metrics --query 'sum by (kind) (increase(orders_total{app=\"shop\"}[1h]))'"
        })
final class MetricsCommand extends RemoteVerb {
    private static final int OWN_SHOWN = 12;

    @Nullable
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only of this project or PROJECT/APP.")
    String name;

    @Nullable
    @Option(
            names = {"-e", "--environment"},
            paramLabel = "E",
            description = "Only of this environment; default: all.")
    String environment;

    @Option(names = "--since", paramLabel = "T", defaultValue = "1h", description = "How far back; default: 1h.")
    String since = "1h";

    @Nullable
    @Option(
            names = "--query",
            paramLabel = "PROMQL",
            description = "What this answers now, of metrics of apps' own too, instead of all else.")
    String query;

    MetricsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (query != null) {
            return values(query);
        }
        var list = client().figures().metrics(Optional.ofNullable(name), Optional.ofNullable(environment), since);
        if (!toldAsJson(list)) {
            apps(list);
            instances(list);
            rest(list);
        }
        return ExitCode.DONE;
    }

    private int values(String asked) {
        if (name != null || environment != null) {
            throw Problem.user("metrics.query", "--query says itself of which app and environment it is")
                    .hint("for example: --query 'orders_total{app=\"shop\",environment=\"staging\"}'")
                    .exception();
        }
        var answer = client().figures().values(asked);
        if (toldAsJson(answer)) {
            return ExitCode.DONE;
        }
        if (answer.values().isEmpty()) {
            screen().progress("Nothing answers to that now.");
            return ExitCode.DONE;
        }
        screen().table(
                        List.of("OF", "VALUE"),
                        answer.values().stream()
                                .map(each -> List.of(series(each.labels()), each.value()))
                                .toList());
        return ExitCode.DONE;
    }

    /// As it is written in a query: `orders_total{app="shop"}`.
    private static String series(Map<String, String> labels) {
        var within = labels.entrySet().stream()
                .filter(each -> !each.getKey().equals("__name__"))
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + "=\"" + each.getValue() + "\"")
                .collect(Collectors.joining(","));
        return labels.getOrDefault("__name__", "") + (within.isEmpty() ? "" : "{" + within + "}");
    }

    private void apps(MetricsList list) {
        if (list.apps().isEmpty()) {
            screen().progress("No requests" + (name == null ? "" : " to " + name) + " in the last " + since + ".");
            return;
        }
        boolean isCounting =
                list.apps().stream().anyMatch(each -> each.counter().isPresent());
        var titles = List.of("APP", "RELEASE", "REQUESTS", "A SECOND", "ERRORS", "HALF", "95 %", "99 %", "COUNTED");
        screen().table(
                        titles.subList(0, titles.size() - (isCounting ? 0 : 1)),
                        list.apps().stream().map(each -> row(each, isCounting)).toList());
    }

    private static List<String> row(MetricsList.App app, boolean isCounting) {
        var cells = new ArrayList<>(List.of(
                InEnvironment.shown(app.name(), app.environment()),
                Integer.toString(app.release()),
                Long.toString(Math.round(app.requests())),
                decimal(app.perSecond()),
                errors(app),
                time(app.p50()),
                time(app.p95()),
                time(app.p99())));
        if (isCounting) {
            cells.add(app.counter()
                    .map(each -> Math.round(each.count()) + " " + each.name())
                    .orElse(""));
        }
        return cells;
    }

    private void instances(MetricsList list) {
        if (!list.instances().isEmpty()) {
            screen().table(
                            List.of("INSTANCE", "PROCESS", "RELEASE", "CORES", "MEMORY"),
                            list.instances().stream()
                                    .map(each -> List.of(
                                            each.instance(),
                                            each.process(),
                                            Integer.toString(each.release()),
                                            each.cores()
                                                    .map(MetricsCommand::decimal)
                                                    .orElse(""),
                                            each.memoryBytes()
                                                    .map(bytes -> Sizes.memory(bytes.longValue()))
                                                    .orElse("")))
                                    .toList());
        }
    }

    private void rest(MetricsList list) {
        if (!list.own().isEmpty()) {
            var shown = list.own().stream().limit(OWN_SHOWN).toList();
            int more = list.own().size() - shown.size();
            screen().line(screen().style(Style.FAINT, "own metrics: ")
                    + String.join(", ", shown)
                    + (more > 0 ? " and " + more + " more (--json tells all)" : ""));
        }
        for (var each : list.dropped()) {
            screen().line(screen().style(Style.RED, "! ") + each.values() + " values of "
                    + (each.name().isEmpty() ? "the platform" : each.name()) + " were not kept: " + each.why()
                    + ", such as " + each.example());
        }
    }

    private static String errors(MetricsList.App app) {
        var share = app.requests() == 0 ? 0 : 100 * app.errors() / app.requests();
        return Math.round(app.errors()) + (app.errors() == 0 ? "" : " (" + decimal(share) + " %)");
    }

    private static String decimal(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.2f", number);
    }

    private static String time(Optional<Double> seconds) {
        return seconds.map(each -> each >= 1 ? decimal(each) + " s" : Math.round(each * 1000) + " ms")
                .orElse("");
    }
}
