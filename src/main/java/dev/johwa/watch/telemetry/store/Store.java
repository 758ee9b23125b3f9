package dev.johwa.watch.telemetry.store;

import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Grid;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Point;
import dev.johwa.watch.telemetry.Series;
import dev.johwa.watch.telemetry.Stepped;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/// Samples of many series in one folder. Safe for use by many threads.
///
/// A batch is in the log of its hour when [#append] returns. Some time after the hour is over it becomes a block, with
/// a block of rows by the minute beside it; those of a day become one, with rows by the hour beside it. Each file is
/// whole or not there, and what went into another is known by its name: an end at any moment loses nothing that was
/// appended, and counts nothing twice. After a clock that was ahead was set back, what is after its moment goes.
public final class Store implements Closeable {
    /// As much as a late value may be late for an hour that is over.
    private static final Duration LATE = Duration.ofMinutes(2);
    /// An hour that is long over is closed when nothing came so long, or at last after an hour.
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final Path folder;
    private final Limits limits;
    private final Registry registry;
    private final Map<Tier, Blocks> tiers = new EnumMap<>(Tier.class);
    private final TreeMap<Span, Head> heads = new TreeMap<>();
    private final Cutting cutting;
    /// Of all that there is, in milliseconds since 1970; of blocks, when they begin.
    private long newest = Long.MIN_VALUE;

    /// @param bytes that all of it may take on the disk
    /// @param series that may be written within an hour
    /// @param ofApp of these, those with the same label `app`
    public record Limits(long bytes, int series, int ofApp) {}

    public Store(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
        try {
            Files.createDirectories(folder.resolve("head"));
            registry = new Registry(folder);
            for (var tier : Tier.values()) {
                tiers.put(tier, new Blocks(folder, tier));
            }
            new Recovery(tiers).run(logs());
            cutting = new Cutting(folder, tiers);
            cutting.resume(logs());
            openLogs();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openLogs() throws IOException {
        newest = cutting.newest().orElse(Long.MIN_VALUE);
        for (var span : logs()) {
            heads.put(span, opened(span));
        }
    }

    /// New samples of a series would come before those that it has already, if the clock was set back.
    private void cut(long now) {
        if (!cutting.isDue(newest, now, heads.keySet())) {
            return;
        }
        try {
            for (var head : heads.values()) {
                head.close();
            }
            heads.clear();
            cutting.run(newest, now, logs());
            registry.beginAnew();
            openLogs();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Blocks blocks(Tier tier) {
        return Objects.requireNonNull(tiers.get(tier));
    }

    private List<Span> logs() throws IOException {
        var spans = new ArrayList<Span>();
        try (var files = Files.list(folder.resolve("head"))) {
            for (var file : files.toList()) {
                var span = Span.of(file.getFileName().toString()).orElseThrow(() -> new IOException("what is " + file));
                if (blocks(Tier.RAW).has(span)) {
                    // It became a block, and was about to be deleted.
                    Files.delete(file);
                } else {
                    spans.add(span);
                }
            }
        }
        return spans;
    }

    private void came(int id, long at) {
        newest = Math.max(newest, at);
        var entry = registry.find(id);
        if (entry != null && !entry.isAfter(at)) {
            entry.came(at, Double.NaN);
        }
    }

    /// Takes a batch; what it does not take is told, one by one.
    ///
    /// @param now milliseconds since 1970
    public synchronized void append(List<Point> points, long now, BiConsumer<Point, Refusal> refused) {
        cut(now);
        var byHour = new TreeMap<Span, List<Head.Numbered>>();
        var counts = new HashMap<Span, Counts>();
        for (var point : points) {
            if (point.at() > now + Cutting.AHEAD.toMillis()) {
                refused.accept(point, Refusal.IN_THE_FUTURE);
            } else if (!blocks(Tier.RAW).reaches(point.at(), now)) {
                refused.accept(point, Refusal.TOO_OLD);
            } else {
                admit(point, byHour, counts, refused);
            }
        }
        registry.force();
        byHour.forEach((span, numbered) -> head(span).append(numbered, now));
    }

    private void admit(
            Point point,
            TreeMap<Span, List<Head.Numbered>> byHour,
            Map<Span, Counts> counts,
            BiConsumer<Point, Refusal> refused) {
        var entry = registry.find(point.labels());
        if (entry != null && entry.isAfter(point.at())) {
            if (!entry.isSame(point.at(), point.value())) {
                refused.accept(point, Refusal.OUT_OF_ORDER);
            }
            return;
        }
        var span = open(point.at());
        var count = counts.computeIfAbsent(span, any -> new Counts(head(span), limits));
        if (!count.admits(entry, point.labels().get("app"))) {
            refused.accept(point, Refusal.TOO_MANY_SERIES);
            return;
        }
        var known = entry == null ? registry.add(point.labels(), point.kind()) : entry;
        count.add(known);
        // One form of what is no number.
        double value = Double.isNaN(point.value()) ? Double.NaN : point.value();
        known.came(point.at(), value);
        newest = Math.max(newest, point.at());
        byHour.computeIfAbsent(span, any -> new ArrayList<>()).add(new Head.Numbered(known.id(), point.at(), value));
    }

    private String appOf(int id) {
        var entry = registry.find(id);
        return entry == null ? "" : entry.labels().get("app");
    }

    /// The hour that a moment belongs to, under a number that is not closed yet.
    private Span open(long at) {
        var span = Span.at(at, Span.HOUR, 1);
        while (blocks(Tier.RAW).has(span) || blocks(Tier.MINUTE).has(span) && !heads.containsKey(span)) {
            span = span.number(span.number() + 1);
        }
        return span;
    }

    private Head head(Span span) {
        return heads.computeIfAbsent(span, this::opened);
    }

    private Head opened(Span span) {
        return new Head(folder.resolve("head"), span, this::appOf, this::came);
    }

    /// Makes blocks of what is over, wider ones of many, and lets go what is too old or too much.
    ///
    /// @return how many bytes went for the budget's sake
    public synchronized long tend(long now) {
        cut(now);
        try {
            for (var head : List.copyOf(heads.values())) {
                long over = now - head.span().endMillis();
                boolean isQuiet = now - head.touched() >= QUIET.toMillis() || over > Span.HOUR * 1000;
                if (over >= LATE.toMillis() && isQuiet) {
                    close(head);
                }
            }
            new Widening(tiers, kinds()).run(now);
            return trim(now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IntFunction<Kind> kinds() {
        return id -> {
            var entry = registry.find(id);
            return entry == null ? Kind.GAUGE : entry.kind();
        };
    }

    private void close(Head head) throws IOException {
        var span = head.span();
        if (!head.isEmpty()) {
            // Rows first: they are made again as long as there is no block of samples.
            write(Tier.MINUTE, span, head, true);
            write(Tier.RAW, span, head, false);
        }
        heads.remove(span);
        head.delete();
    }

    private void write(Tier tier, Span span, Head head, boolean asRows) throws IOException {
        var kinds = kinds();
        try (var writer = blocks(tier).writer(span)) {
            for (var each : head.chunks().entrySet()) {
                var chunk = each.getValue().bytes();
                writer.add(
                        each.getKey(),
                        asRows ? Coarser.rows(kinds.apply(each.getKey()), tier.step(), List.of(chunk), false) : chunk);
            }
            writer.finish(List.of());
        }
        blocks(tier).written(span);
    }

    private long trim(long now) {
        // Logs of hours that go on are much larger than blocks, and cannot go.
        long room = Math.max(0, limits.bytes() - logBytes());
        long gone = 0;
        for (var blocks : tiers.values()) {
            gone += blocks.trim(now, room / 100 * blocks.tier().percent());
        }
        return gone;
    }

    /// Forgets series of which nothing is left.
    public synchronized void forget() {
        var ids = new BitSet();
        tiers.values().forEach(blocks -> blocks.ids(ids));
        heads.values().forEach(head -> head.chunks().keySet().forEach(ids::set));
        keep(entry -> ids.get(entry.id()), 4);
    }

    /// Forgets series by their labels: as their numbers are never given again, nobody finds their samples.
    public synchronized void forget(Predicate<Labels> gone) {
        keep(entry -> !gone.test(entry.labels()), Integer.MAX_VALUE);
        heads.values().forEach(Head::countAnew);
    }

    private void keep(Predicate<Entry> kept, int part) {
        try {
            registry.keep(kept, part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The finest tier that has all there was since then.
    public synchronized Tier tier(long from, long now) {
        for (var blocks : tiers.values()) {
            if (blocks.reaches(from, now)) {
                return blocks.tier();
            }
        }
        return Tier.HOUR;
    }

    /// After `from`, up to and with `until`, in milliseconds since 1970.
    public record Range(Tier tier, long from, long until) {}

    /// Samples of a range, of series that meet all of these.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException with code `query.too-large` or `query.unsupported`
    public List<Series> select(Range range, List<Matcher> matchers, Column column, Predicate<Labels> seen) {
        try (var selection = prepared(range, matchers, column, seen)) {
            return selection.read();
        }
    }

    /// Tells series that meet all of these one by one, summed up by the steps of a time: the coarsest tier that is fine
    /// enough is read.
    public void steps(Grid grid, List<Matcher> matchers, long now, Predicate<Labels> seen, Consumer<Stepped> told) {
        long begin = grid.from().toEpochMilli();
        var tier = tierOf(grid, now);
        // How a counter stood before the first step is known from what came shortly before.
        long before = begin - Math.max(Stepping.SILENCE, 2 * tier.step());
        var range = new Range(tier, before, grid.until().toEpochMilli());
        try (var selection = prepared(range, matchers, Column.LAST, seen)) {
            selection.steps(begin, grid.step().toMillis(), grid.count(), told);
        }
    }

    private synchronized Tier tierOf(Grid grid, long now) {
        var coarsest = Tier.RAW;
        for (var tier : Tier.values()) {
            boolean isFine = tier.step() <= grid.step().toMillis();
            boolean isMissing = !blocks(coarsest).reaches(grid.from().toEpochMilli(), now);
            coarsest = isFine || isMissing ? tier : coarsest;
        }
        return coarsest;
    }

    private synchronized Selection prepared(
            Range range, List<Matcher> matchers, Column column, Predicate<Labels> seen) {
        var entries = registry.matching(matchers).stream()
                .filter(entry -> seen.test(entry.labels()))
                .toList();
        var selection = new Selection(range, entries, column);
        try {
            selection.prepare(tiers, heads.values());
            return selection;
        } catch (IOException e) {
            selection.close();
            throw new UncheckedIOException(e);
        }
    }

    /// Series that meet all of these, and are kept at least somewhere.
    public synchronized List<Labels> series(List<Matcher> matchers) {
        return registry.matching(matchers).stream().map(Entry::labels).toList();
    }

    /// Tells the metric of each series, and what it is.
    public synchronized void kinds(Predicate<Labels> seen, BiConsumer<String, Kind> told) {
        registry.matching(List.of()).stream()
                .filter(entry -> seen.test(entry.labels()))
                .forEach(entry -> told.accept(entry.labels().metric(), entry.kind()));
    }

    /// Tells each series and when its newest value came.
    public synchronized void newest(ObjLongConsumer<Labels> told) {
        registry.matching(List.of()).forEach(entry -> told.accept(entry.labels(), entry.newest()));
    }

    /// How many series were written within the hour that is not over.
    public synchronized int active() {
        return heads.isEmpty() ? 0 : heads.lastEntry().getValue().series();
    }

    public synchronized long bytes() {
        return logBytes() + tiers.values().stream().mapToLong(Blocks::bytes).sum();
    }

    private long logBytes() {
        return heads.values().stream().mapToLong(Head::size).sum();
    }

    @Override
    public synchronized void close() throws IOException {
        for (var head : heads.values()) {
            head.close();
        }
        registry.close();
    }
}
