package dev.johwa.watch.telemetry;

import dev.johwa.lib.clock.Clock;
import dev.johwa.watch.telemetry.query.Engine;
import dev.johwa.watch.telemetry.store.Refusal;
import dev.johwa.watch.telemetry.store.Store;
import dev.johwa.watch.telemetry.store.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Figures over time of everything that is watched. Safe for use by many threads; its files are opened when something
/// comes or is asked for the first time.
///
/// Samples are kept as they come for 48 hours, by the minute for 30 days, by the hour for two years, as far as the
/// budget allows.
public final class Telemetry implements AutoCloseable {
    /// How often figures are taken.
    public static final Duration STEP = Duration.ofSeconds(10);
    /// On the disk, of all tiers together, unless told otherwise.
    public static final long BUDGET = 1L << 30;
    /// Written within an hour, by one app.
    public static final int SERIES_OF_APP = 5_000;
    /// Written within an hour, by all.
    public static final int SERIES = 50_000;
    /// The label that names the app, and with that the project.
    public static final String APP = "app";

    private static final Duration TEND = Duration.ofSeconds(50);
    private static final Duration FORGET = Duration.ofHours(20);
    private static final int MOST_DROPPED = 1_000;

    private final long budget;
    private final Path folder;
    private final ExporterKeys keys;
    private final OwnPages pages = new OwnPages();
    private final Helps helps = new Helps();
    private final Clock clock;
    private final Map<String, Map<Refusal, Dropped>> dropped = new LinkedHashMap<>();
    private @Nullable Store store;
    private Instant tended = Instant.EPOCH;
    private Instant forgotten = Instant.EPOCH;

    public Telemetry(Path folder, Clock clock) {
        this(folder, clock, BUDGET);
    }

    /// @param budget bytes on the disk, of all tiers together
    public Telemetry(Path folder, Clock clock, long budget) {
        this.budget = budget;
        this.folder = folder;
        this.keys = new ExporterKeys(folder);
        this.clock = clock;
    }

    /// With which apps send figures of their own.
    public ExporterKeys keys() {
        return keys;
    }

    /// Which instances have figures of their own, and where.
    public OwnPages pages() {
        return pages;
    }

    /// What metrics are, in words.
    public Helps helps() {
        return helps;
    }

    private synchronized Store store() {
        var open = store;
        if (open == null) {
            open = new Store(folder, new Store.Limits(budget, SERIES, SERIES_OF_APP));
            store = open;
        }
        return open;
    }

    /// Keeps values; those that cannot be kept are counted, see [#dropped].
    public Taken take(List<Point> points) {
        if (points.isEmpty()) {
            return new Taken(0, 0, "");
        }
        var now = clock.now();
        var why = new EnumMap<Refusal, Long>(Refusal.class);
        store().append(points, now.toEpochMilli(), (point, refusal) -> {
            why.merge(refusal, 1L, Long::sum);
            note(point, refusal, now);
        });
        long lost = why.values().stream().mapToLong(Long::longValue).sum();
        var words = why.entrySet().stream()
                .map(each -> each.getValue() + " " + word(each.getKey()))
                .collect(Collectors.joining(", "));
        return new Taken(points.size() - lost, lost, words);
    }

    private void note(Point point, Refusal refusal, Instant now) {
        drop(point.labels().get(APP), refusal, 1, point.labels().toString(), now);
    }

    /// Counts values that were never made points of.
    public void dropped(String app, long values, String example) {
        drop(app, Refusal.TOO_MANY_SERIES, values, example, clock.now());
    }

    private void drop(String app, Refusal refusal, long values, String example, Instant now) {
        synchronized (dropped) {
            if (dropped.size() >= MOST_DROPPED && !dropped.containsKey(app)) {
                dropped.remove(dropped.keySet().iterator().next());
            }
            dropped.computeIfAbsent(app, any -> new EnumMap<>(Refusal.class))
                    .merge(
                            refusal,
                            new Dropped(app, word(refusal), values, example, now),
                            (before, more) -> new Dropped(app, more.why(), before.values() + values, example, now));
        }
    }

    private static String word(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// What was not kept since the platform started.
    public List<Dropped> dropped() {
        synchronized (dropped) {
            return dropped.values().stream()
                    .flatMap(each -> each.values().stream())
                    .toList();
        }
    }

    /// Does now and then what files need: to be called after each batch.
    public void tend() {
        var now = clock.now();
        if (now.isBefore(tended.plus(TEND)) && !now.isBefore(tended)) {
            return;
        }
        tended = now;
        store().tend(now.toEpochMilli());
        if (forgotten.plus(FORGET).isBefore(now) || now.isBefore(forgotten)) {
            store().forget();
            forgotten = now;
        }
    }

    /// Answers a query of a part of PromQL at one moment.
    ///
    /// @param seen which series may be seen
    /// @throws dev.johwa.lib.problem.ProblemException with a code `query.…`
    public Answer instant(String query, Instant at, Predicate<Labels> seen) {
        long moment = at.toEpochMilli();
        return Engine.instant(query, moment, source(Engine.earliest(query, moment, moment), seen));
    }

    /// The same at each step.
    public Answer.Matrix range(String query, Instant start, Instant end, Duration step, Predicate<Labels> seen) {
        long from = start.toEpochMilli();
        long until = end.toEpochMilli();
        return Engine.range(query, from, until, step.toMillis(), source(Engine.earliest(query, from, until), seen));
    }

    /// Tells how each series that meets a selector went in the steps of a time: of a counter by how much it grew in
    /// each, nothing lost or counted twice between two, of a gauge its mean. Reads what is as fine as the steps are
    /// and no finer, so that two years cost about as much as a day; what was told is not kept, so that many series
    /// take no more memory than one.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.syntax`
    public void steps(String selector, Grid grid, Predicate<Labels> seen, Consumer<Stepped> told) {
        store().steps(grid, Engine.selector(selector), clock.now().toEpochMilli(), seen, told);
    }

    /// How much all counters that meet a selector grew in each step, together; 0 where nothing is known.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.syntax`
    public double[] grown(String selector, Grid grid) {
        var sums = new double[grid.count()];
        steps(selector, grid, any -> true, each -> {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Double.isNaN(each.values()[i]) ? 0 : each.values()[i];
            }
        });
        return sums;
    }

    /// How fine figures of a moment are still kept.
    public Duration finest(Instant at) {
        var tier = store().tier(at.toEpochMilli(), clock.now().toEpochMilli());
        return tier == Tier.RAW ? STEP : Duration.ofMillis(tier.step());
    }

    private Source source(long earliest, Predicate<Labels> seen) {
        var tier = store().tier(earliest, clock.now().toEpochMilli());
        return new Kept(store(), tier, seen);
    }

    private record Kept(Store store, Tier tier, Predicate<Labels> seen) implements Source {
        @Override
        public List<Series> select(List<Matcher> matchers, long from, long until, Column column) {
            return store.select(new Store.Range(tier, from, until), matchers, column, seen);
        }

        @Override
        public long lookback() {
            return tier.lookback();
        }

        @Override
        public boolean isCoarse() {
            return tier.step() > 0;
        }
    }

    /// Series that are kept, and meet one of these selectors; all where there are none.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.syntax`
    public List<Labels> series(List<String> selectors, Predicate<Labels> seen) {
        if (selectors.isEmpty()) {
            return store().series(List.of()).stream().filter(seen).toList();
        }
        var found = new ArrayList<Labels>();
        for (var selector : selectors) {
            found.addAll(store().series(Engine.selector(selector)));
        }
        return found.stream().filter(seen).distinct().toList();
    }

    /// What each metric is, by name.
    public Map<String, Kind> kinds(Predicate<Labels> seen) {
        var kinds = new TreeMap<String, Kind>();
        store().kinds(seen, kinds::putIfAbsent);
        return kinds;
    }

    /// No figure of an app is found any more; of its whole project where that is all of it. Their bytes go with the
    /// files that have them.
    public void forgetApp(String app, boolean isProject) {
        Predicate<String> isGone = name -> name.equals(app) || isProject && name.startsWith(app + "/");
        store().forget(labels -> isGone.test(labels.get(APP))
                || isProject && labels.get(Labels.PROJECT).equals(app));
        helps.forget(isGone);
    }

    /// Tells each series and when its newest value came, in milliseconds since 1970; [Long#MIN_VALUE] where none came
    /// since the hour in which the platform started.
    public void newest(ObjLongConsumer<Labels> told) {
        store().newest(told);
    }

    /// How many series were written lately, and how many bytes all of it takes.
    public Size size() {
        return new Size(store().active(), store().bytes());
    }

    public record Size(int series, long bytes) {}

    /// The only value of a query, where it has one.
    public Optional<Double> number(String query, Instant at) {
        return switch (instant(query, at, any -> true)) {
            case Answer.Scalar(long _, double value) -> Optional.of(value);
            case Answer.Vector(long _, List<Answer.Value> values) ->
                values.size() == 1 ? Optional.of(values.getFirst().value()) : Optional.empty();
            case Answer.Text _, Answer.Matrix _ -> Optional.empty();
        };
    }

    @Override
    public synchronized void close() throws IOException {
        var open = store;
        if (open != null) {
            open.close();
        }
    }
}
