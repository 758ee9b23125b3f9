package dev.johwa.watch.alert;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Releases;
import dev.johwa.source.config.Slo;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.telemetry.Answer;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Objectives of all apps that answer requests, other than previews: how it stands with them, and a sign for each whose
/// budget burns too fast. Safe for use by many threads.
public final class Alerts implements Look {
    private static final String KEY = "objective:";
    /// Apps that nobody asked since then have nothing to burn: they are not looked at one by one.
    private static final String ASKED =
            "sum by (app, environment) (increase(johwa_app_request_duration_seconds_count[6h])) > 0";

    private final Telemetry telemetry;
    private final Releases releases;
    private final Clock clock;
    private final Ledger counted;
    private final Objectives objectives;
    private final Burning burning;
    private final Map<AppEnvironment, OfDay> ofDay = new ConcurrentHashMap<>();

    public Alerts(Telemetry telemetry, Releases releases, Clock clock) {
        this.telemetry = telemetry;
        this.releases = releases;
        this.clock = clock;
        this.counted = FiguresLedger.ofRequests(telemetry);
        this.objectives = new Objectives(counted);
        this.burning = new Burning(FiguresLedger.ofRules(telemetry));
    }

    /// How it stands with the objectives of apps that were asked in the last six hours, by name.
    ///
    /// @param isVisible whose projects
    public List<Standing> standings(Predicate<String> isVisible) {
        var now = clock.now();
        return promises(isVisible, now).stream()
                .map(each -> standing(each, burning.find(each.objective(), now), now))
                .toList();
    }

    private record Promise(AppEnvironment where, Objective objective) {}

    private List<Promise> promises(Predicate<String> isVisible, Instant now) {
        var asked = asked(now);
        return releases.errands().live().entrySet().stream()
                .filter(each -> isVisible.test(each.getKey().project()))
                .filter(each -> asked.contains(Named.of(each.getKey())) && !releases.isPreview(each.getKey()))
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparing(AppEnvironment::name).thenComparing(AppEnvironment::environment)))
                .flatMap(each -> objectives(
                                each.getKey(), each.getValue().settings().slo(), now)
                        .stream()
                        .map(objective -> new Promise(each.getKey(), objective)))
                .toList();
    }

    /// Those of an app on a day.
    private record OfDay(Instant day, Slo slo, List<Objective> objectives) {}

    /// What an app's history says is the same all day, and costs a question for each bound of thirty days.
    private List<Objective> objectives(AppEnvironment where, Slo slo, Instant now) {
        var day = now.truncatedTo(ChronoUnit.DAYS);
        var known = ofDay.get(where);
        if (known == null || !known.day().equals(day) || !known.slo().equals(slo)) {
            known = new OfDay(day, slo, objectives.of(where.name(), where.environment(), slo, day));
            ofDay.put(where, known);
        }
        return known.objectives();
    }

    private Standing standing(Promise promise, Optional<Burn> burn, Instant now) {
        var budget = new Budget(promise.objective(), counted.events(promise.objective(), Pace.PERIOD, now));
        return new Standing(promise.where(), promise.objective(), budget, burn.map(each -> each.counted(counted, now)));
    }

    /// An app in an environment, as figures name it.
    private record Named(String app, String environment) {
        static Named of(AppEnvironment where) {
            return new Named(where.name(), where.environment());
        }

        static Named of(Labels labels) {
            return new Named(labels.get("app"), labels.get("environment"));
        }
    }

    private Set<Named> asked(Instant now) {
        var found = new HashSet<Named>();
        if (telemetry.instant(ASKED, now, any -> true) instanceof Answer.Vector vector) {
            vector.values().forEach(each -> found.add(Named.of(each.labels())));
        }
        return found;
    }

    @Override
    public Kind kind() {
        return Kind.OBJECTIVES;
    }

    @Override
    public List<Sign> signs(Predicate<String> isOpen) {
        var now = clock.now();
        ofDay.keySet().retainAll(releases.errands().live().keySet());
        return promises(any -> true, now).stream()
                .flatMap(promise ->
                        burning
                                .find(promise.objective(), now)
                                .map(burn -> sign(standing(promise, Optional.of(burn), now)))
                                .stream())
                .toList();
    }

    @Override
    public boolean isThere(String key) {
        return releases.environments().stream().anyMatch(where -> key.startsWith(key(where)));
    }

    private static String key(AppEnvironment where) {
        return KEY + where.name() + ":" + where.environment() + ":";
    }

    private static Sign sign(Standing standing) {
        var burn = standing.burn().orElseThrow();
        var where = standing.where();
        var objective = standing.objective();
        var words = Words.of(where + " does not keep " + objective.text(), headline(where, burn), "/" + where.project())
                .details(
                        new Detail("Promised", objective.text() + ", over 30 days"),
                        new Detail("Lately", share(burn.lately()) + " in " + window(burn, true)),
                        new Detail("Now", share(burn.shortly()) + " in " + window(burn, false)),
                        new Detail("Left", left(standing.budget())))
                .advice(
                        "If a release brought it, go back: johwa rollback " + where.typed(),
                        "What it printed: johwa logs " + where.typed() + " --since 1h")
                .of(App.of(where));
        // It is told once more when it becomes urgent, and not when it becomes less so.
        return new Sign(
                Kind.OBJECTIVES,
                key(where) + objective.measure().word(),
                where.project(),
                burn.pace().isUrgent() ? "urgent" : "",
                words,
                where + " keeps " + objective.text() + " again");
    }

    private static String headline(AppEnvironment where, Burn burn) {
        var what = burn.objective().measure() instanceof Measure.Availability ? " failed" : " were too slow";
        return String.format(
                Locale.ROOT,
                "%s: %s of %s requests%s in %s, which uses the budget of 30 days %s times too fast",
                where,
                number(burn.lately().bad()),
                number(burn.lately().total()),
                what,
                window(burn, true),
                String.format(Locale.ROOT, burn.rate() < 10 ? "%.1f" : "%,.0f", burn.rate()));
    }

    private static String share(Events events) {
        return Objective.percent(events.share()) + " bad, " + number(events.bad()) + " of " + number(events.total());
    }

    private static String window(Burn burn, boolean isLong) {
        var window = isLong ? burn.pace().longWindow() : burn.pace().shortWindow();
        return PrometheusRules.word(window);
    }

    /// `12,300`.
    private static String number(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String left(Budget budget) {
        return budget.left() < 0
                ? "nothing: " + number(-budget.left()) + " requests more were bad than may be"
                : number(budget.left()) + " more requests may be bad";
    }
}
