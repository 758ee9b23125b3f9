package dev.johwa.watch.alert;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Few;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Figures;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Selector;
import dev.johwa.watch.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Metrics of apps' own that were there for an hour and are gone for ten minutes, though instances of that release run:
/// one sign for each app. Used by one thread at a time.
public final class Vanished implements Look {
    private static final String WORD = "vanished";
    private static final Duration GONE = OwnFigures.GONE;
    private static final String FIGURES_OF_OURS = "johwa_";
    private static final long MINUTE = 60_000;
    /// Metrics of an app that are asked about, and those that are named.
    private static final int MOST = 50;
    private static final int NAMED = 5;

    private final Telemetry telemetry;
    private final WatchedApps apps;
    private final Clock clock;
    private final Map<Metric, Asked> asked = new HashMap<>();

    /// Of an app's release.
    private record Metric(String app, String environment, String release, String name) {
        static Metric of(Labels labels) {
            return new Metric(labels.get("app"), labels.get("environment"), labels.get("release"), labels.metric());
        }

        /// Of no name: all of a release.
        static Metric any(AppEnvironment where, int release) {
            return new Metric(where.name(), where.environment(), String.valueOf(release), "");
        }
    }

    /// @param newest milliseconds since 1970
    /// @param wasSteady whether it was there for an hour
    private record Asked(long newest, boolean wasSteady) {}

    public Vanished(Telemetry telemetry, WatchedApps apps, Clock clock) {
        this.telemetry = telemetry;
        this.apps = apps;
        this.clock = clock;
    }

    @Override
    public Kind kind() {
        return Kind.FIGURES;
    }

    @Override
    public boolean isThere(String key) {
        return apps.isThere(WORD, key);
    }

    /// Not after a start, nor when the clock jumped: then everything seems to be gone.
    @Override
    public boolean isReady() {
        return telemetry.number(OwnFigures.looked(), clock.now()).isPresent();
    }

    @Override
    public List<Sign> signs(Predicate<String> isOpen) {
        var signs = new ArrayList<Sign>();
        var now = clock.now();
        var known = new HashSet<Metric>();
        var newest = newest();
        running(now).forEach((where, release) -> {
            var its = newest.getOrDefault(Metric.any(where, release), Map.of());
            boolean isKnown = isOpen.test(WatchedApps.key(WORD, where));
            var gone = its.entrySet().stream()
                    .filter(each -> isGone(each.getValue(), now, isKnown))
                    .limit(MOST)
                    .filter(each -> wasSteady(each.getKey(), each.getValue(), known))
                    .map(each -> each.getKey().name())
                    .toList();
            if (!gone.isEmpty()) {
                signs.add(sign(where, release, gone, its.size()));
            }
        });
        asked.keySet().retainAll(known);
        return signs;
    }

    /// Of a metric that was last seen before a start nothing is known: that it is gone was told then.
    private static boolean isGone(long newest, Instant now, boolean isKnown) {
        return newest == Long.MIN_VALUE ? isKnown : newest <= now.minus(GONE).toEpochMilli();
    }

    /// Apps of which an instance of the release that serves runs for long enough to have told.
    private Map<AppEnvironment, Integer> running(Instant now) {
        var figures = apps.figures().get();
        return figures.instances().stream()
                .filter(each -> each.release() == figures.serving().getOrDefault(each.where(), 0))
                .filter(each -> each.startedAt().isBefore(now.minus(GONE)) && apps.isWatched(each.where()))
                .collect(Collectors.toMap(Figures.OfInstance::where, Figures.OfInstance::release, (one, other) -> one));
    }

    /// When each metric of an app's own came last, by the release that it is of; metrics in the order of their names.
    private Map<Metric, Map<Metric, Long>> newest() {
        var newest = new HashMap<Metric, Map<Metric, Long>>();
        telemetry.newest((labels, at) -> {
            if (isOwn(labels)) {
                var metric = Metric.of(labels);
                newest.computeIfAbsent(
                                new Metric(metric.app(), metric.environment(), metric.release(), ""),
                                any -> new TreeMap<>(Comparator.comparing(Metric::name)))
                        .merge(metric, at, Math::max);
            }
        });
        return newest;
    }

    private static boolean isOwn(Labels labels) {
        var name = labels.metric();
        return !name.startsWith(FIGURES_OF_OURS)
                && !name.equals("up")
                && !labels.get("app").isEmpty();
    }

    private boolean wasSteady(Metric metric, long newest, Set<Metric> known) {
        known.add(metric);
        var before = asked.get(metric);
        if (before == null || before.newest() != newest) {
            before = new Asked(newest, isSteady(metric, newest));
            asked.put(metric, before);
        }
        return before.wasSteady();
    }

    /// Of one that was last seen before a start nobody knows when that was: an hour of the last week is as good.
    private boolean isSteady(Metric metric, long newest) {
        boolean isOld = newest == Long.MIN_VALUE;
        var until = isOld ? clock.now() : minuteFrom(newest);
        // Not each name that may be told can stand before the braces.
        var selector = Selector.of(metric.app(), metric.environment())
                .with("release", metric.release())
                .with(Labels.NAME, metric.name())
                .of("");
        var query = isOld ? OwnFigures.steadyOnce(selector) : OwnFigures.steady(selector);
        try {
            return telemetry.number(query, until).isPresent();
        } catch (ProblemException e) {
            // Of none that is told now and then there is more than can be looked at.
            return true;
        }
    }

    private static Instant minuteFrom(long millis) {
        return Instant.ofEpochMilli(-Math.floorDiv(-millis, MINUTE) * MINUTE);
    }

    private static Sign sign(AppEnvironment where, int release, List<String> gone, int all) {
        boolean isAll = gone.size() == all;
        var names = Few.of(gone, NAMED);
        var what = isAll ? "none of its own figures is told any more" : names + " is told no more";
        var words = Words.of(where + ": figures that vanished", where + ": " + what, "/" + where.project())
                .details(new Detail("Figures", names), new Detail("Release", String.valueOf(release)))
                .advice(
                        isAll
                                ? "Does it answer at /metrics, or does its exporter run? johwa logs " + where.typed()
                                : "What ended in it? johwa logs " + where.typed() + " --since 1h")
                .of(App.of(where));
        return new Sign(
                Kind.FIGURES,
                WatchedApps.key(WORD, where),
                where.project(),
                "",
                words,
                where + ": no figure is missing any more");
    }
}
