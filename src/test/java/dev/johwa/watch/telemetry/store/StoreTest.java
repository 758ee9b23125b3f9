package dev.johwa.watch.telemetry.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.file.Trees;
import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Point;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

class StoreTest {
    private static final long DAY = 86_400_000;
    private static final long START = 20_250 * DAY;
    private static final Store.Limits WIDE = new Store.Limits(1L << 30, 50_000, 50_000);
    private static final List<Matcher> ALL = List.of(new Matcher(Labels.NAME, Matcher.Kind.LIKE, ".+"));

    /// In memory: what is tested is what stands in files, not when the disk has it.
    @TempDir(factory = InMemory.class)
    private Path folder;

    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            var memory = Path.of("/dev/shm");
            return Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "johwa")
                    : Files.createTempDirectory("johwa");
        }
    }

    private static Labels labels(String metric, String app) {
        return Labels.of(Map.of(Labels.NAME, metric, "app", app));
    }

    private static void append(Store store, long now, Point... points) {
        store.append(List.of(points), now, (point, why) -> {
            throw new AssertionError(point + " " + why);
        });
    }

    private static Map<Labels, TreeMap<Long, Double>> read(Store store, Tier tier, Column column, long until) {
        var found = new HashMap<Labels, TreeMap<Long, Double>>();
        for (var series : store.select(new Store.Range(tier, START - 1, until), ALL, column, any -> true)) {
            var values = new TreeMap<Long, Double>();
            for (int i = 0; i < series.samples().size(); i++) {
                values.put(series.samples().times()[i], series.samples().values()[i]);
            }
            assertThat(values).hasSize(series.samples().size());
            found.put(series.labels(), values);
        }
        return found;
    }

    /// Values of some days, in batches; ends within a batch again and again.
    @Test
    void anEndAtAnyByteLosesTheBatchThatWasBeingWritten() throws IOException {
        for (long seed = 1; seed <= 6; seed++) {
            var random = new Random(seed);
            var place = folder.resolve("s" + seed);
            var model = new HashMap<Labels, TreeMap<Long, Double>>();
            long now = START + random.nextInt(1000);
            var store = new Store(place, WIDE);
            for (int life = 0; life < 6; life++) {
                Path log = null;
                long sizeBefore = 0;
                List<Point> batch = List.of();
                for (int i = 0; i < 80; i++) {
                    now += random.nextInt(5) == 0 ? random.nextInt(2_500_000) : 10_000;
                    log = place.resolve("head")
                            .resolve(Span.at(now, Span.HOUR, 1).name());
                    sizeBefore = Files.exists(log) ? Files.size(log) : 0;
                    batch = batch(random, now);
                    store.append(batch, now, (point, why) -> {
                        throw new AssertionError(point + " " + why);
                    });
                    batch.forEach(point -> model.computeIfAbsent(point.labels(), any -> new TreeMap<>())
                            .put(point.at(), point.value()));
                    if (i % 20 == 19 && i < 79) {
                        store.tend(now);
                    }
                }
                store.close();
                var left = sizeBefore + (long) (random.nextDouble() * (Files.size(log) - sizeBefore));
                try (var file = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    file.truncate(left);
                }
                batch.forEach(point -> model.get(point.labels()).remove(point.at()));
                model.values().removeIf(TreeMap::isEmpty);
                store = new Store(place, WIDE);
                assertThat(read(store, Tier.RAW, Column.LAST, now))
                        .as("seed %d", seed)
                        .isEqualTo(model);
            }
            store.close();
        }
    }

    private static List<Point> batch(Random random, long now) {
        return Stream.of("a", "b", "c", "d")
                .filter(app -> random.nextInt(4) > 0)
                .map(app -> new Point(labels("level", app), Kind.GAUGE, now, number(random)))
                .toList();
    }

    private static double number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : -0.0;
            case 2, 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
            case 4 -> random.nextLong();
            default -> random.nextInt(1000);
        };
    }

    @Test
    void everyTierKnowsHowMuchACounterGrewAndWhatAGaugeWas() throws IOException {
        var random = new Random(7);
        long now = START;
        double grown = 0;
        double sum = 0;
        double most = 0;
        double requests = 0;
        int count = 0;
        try (var store = new Store(folder, WIDE)) {
            for (; now < START + 40 * DAY; now += 60_000 + random.nextInt(2_400_000)) {
                double more = random.nextInt(50);
                boolean isNew = random.nextInt(30) == 0;
                requests = isNew ? more : requests + more;
                grown += count == 0 ? 0 : more;
                double level = random.nextInt(10_000);
                sum += level;
                most = Math.max(most, level);
                count++;
                append(
                        store,
                        now,
                        new Point(labels("requests_total", "shop"), Kind.COUNTER, now, requests),
                        new Point(labels("level", "shop"), Kind.GAUGE, now, level));
                if (random.nextInt(10) == 0) {
                    store.tend(now);
                }
            }
            var tier = Tier.HOUR;
            assertThat(total(store, tier, Column.COUNT, "level", now)).isEqualTo(count);
            assertThat(total(store, tier, Column.COUNT, "requests_total", now)).isEqualTo(count);
            assertThat(total(store, tier, Column.SUM, "level", now)).isEqualTo(sum);
            var reached = one(store, tier, Column.GROWN, "requests_total", now);
            var last = one(store, tier, Column.LAST, "requests_total", now);
            // The first values of the first hour are what it is told from.
            assertThat(reached.lastEntry().getValue()).isBetween(grown - 500, grown + 500);
            assertThat(last.lastEntry().getValue()).isEqualTo(requests);
            assertThat(Arrays.stream(values(one(store, tier, Column.MOST, "level", now)))
                            .max())
                    .hasValue(most);
            assertThat(read(store, Tier.MINUTE, Column.COUNT, now)
                            .get(labels("level", "shop"))
                            .firstKey())
                    .isBetween(now - 32 * DAY, now - 29 * DAY);
            assertThat(store.tier(now - 47 * 3_600_000L, now)).isEqualTo(Tier.RAW);
            assertThat(store.tier(now - 49 * 3_600_000L, now)).isEqualTo(Tier.MINUTE);
            assertThat(store.tier(now - 31 * DAY, now)).isEqualTo(Tier.HOUR);
        }
        // Those of thirty days are one file.
        try (var files = Files.list(folder.resolve("1h"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.contains("-" + Span.MONTH + "-")))
                    .isNotEmpty();
        }
    }

    private static double[] values(TreeMap<Long, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static TreeMap<Long, Double> one(Store store, Tier tier, Column column, String metric, long until) {
        var series = store.select(
                new Store.Range(tier, START - 1, until),
                List.of(new Matcher(Labels.NAME, Matcher.Kind.EQUAL, metric)),
                column,
                any -> true);
        var values = new TreeMap<Long, Double>();
        for (int i = 0; i < series.getFirst().samples().size(); i++) {
            values.put(
                    series.getFirst().samples().times()[i],
                    series.getFirst().samples().values()[i]);
        }
        return values;
    }

    private static double total(Store store, Tier tier, Column column, String metric, long until) {
        return Arrays.stream(values(one(store, tier, column, metric, until))).sum();
    }

    /// What a kill leaves at each step between an hour in a log and days in a block.
    @Test
    void whatWentIntoAnotherFileIsNeverCountedTwice() throws IOException {
        var states = new ArrayList<Path>();
        int count = 0;
        try (var store = new Store(folder.resolve("now"), WIDE)) {
            for (long now = START; now < START + 30 * 3_600_000L; now += 1_700_000) {
                append(store, now, new Point(labels("requests_total", "shop"), Kind.COUNTER, now, now));
                count++;
                var before = copy("before" + count);
                store.tend(now);
                // Before the old was deleted: what was made, together with what it was made of.
                states.add(joined(before, count));
            }
        }
        for (int i = 0; i < states.size(); i++) {
            try (var store = new Store(states.get(i), WIDE)) {
                for (var tier : Tier.values()) {
                    assertThat(total(store, tier, Column.COUNT, "requests_total", START + DAY * 3))
                            .as(tier + " after " + (i + 1))
                            .isEqualTo(i + 1);
                }
            }
        }
    }

    private Path copy(String name) throws IOException {
        return copied(folder.resolve("now"), folder.resolve(name));
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return to;
    }

    private Path joined(Path before, int number) throws IOException {
        return copied(folder.resolve("now"), before);
    }

    @Test
    void whatIsTooMuchOrOfAnotherTimeIsToldAndNotTaken() throws IOException {
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        try (var store = new Store(folder, new Store.Limits(1 << 20, 100, 10))) {
            var points = new ArrayList<Point>();
            for (int i = 0; i < 25; i++) {
                points.add(new Point(labels("metric" + i, "shop"), Kind.GAUGE, START, i));
            }
            points.add(new Point(labels("metric0", "blog"), Kind.GAUGE, START, 1));
            points.add(new Point(labels("metric0", "blog"), Kind.GAUGE, START, 1));
            points.add(new Point(labels("metric0", "blog"), Kind.GAUGE, START, 2));
            points.add(new Point(labels("metric0", "blog"), Kind.GAUGE, START - 1, 2));
            points.add(new Point(labels("metric0", "blog"), Kind.GAUGE, START + DAY, 2));
            points.add(new Point(labels("metric1", "blog"), Kind.GAUGE, START - 3 * DAY, 2));
            points.add(new Point(labels("metric2", "blog"), Kind.GAUGE, START - 40 * 3_600_000L, 3));
            store.append(points, START, (point, why) -> refused.merge(why, 1, Integer::sum));
            assertThat(refused)
                    .containsEntry(Refusal.TOO_MANY_SERIES, 15)
                    .containsEntry(Refusal.OUT_OF_ORDER, 2)
                    .containsEntry(Refusal.IN_THE_FUTURE, 1)
                    .containsEntry(Refusal.TOO_OLD, 1);
            // In order within its series, however late.
            assertThat(store.select(
                            new Store.Range(Tier.RAW, 0, START),
                            List.of(
                                    new Matcher(Labels.NAME, Matcher.Kind.EQUAL, "metric2"),
                                    new Matcher("app", Matcher.Kind.EQUAL, "blog")),
                            Column.LAST,
                            any -> true))
                    .hasSize(1);
        }
    }

    @Test
    void itStaysWithinItsBudgetAndForgetsWhatIsGone() throws IOException {
        var random = new Random(3);
        try (var store = new Store(folder, new Store.Limits(50_000, 1000, 1000))) {
            long now = START;
            for (; now < START + 3 * DAY; now += 900_000) {
                var points = new ArrayList<Point>();
                for (int i = 0; i < 100; i++) {
                    points.add(new Point(
                            labels("level" + i + (now < START + DAY ? "old" : ""), "shop"),
                            Kind.GAUGE,
                            now,
                            random.nextGaussian()));
                }
                store.append(points, now, (point, why) -> {
                    throw new AssertionError(why);
                });
                store.tend(now);
                assertThat(Trees.size(folder) - Files.size(folder.resolve("series")))
                        .isLessThanOrEqualTo(50_000);
            }
            assertThat(store.tier(now - DAY, now)).isNotEqualTo(Tier.RAW);
            store.forget();
            assertThat(store.series(ALL))
                    .allMatch(labels -> !labels.metric().endsWith("old"))
                    .hasSize(100);
        }
        assertThat(Trees.size(folder)).isLessThan(600_000);
        try (var store = new Store(folder, WIDE)) {
            assertThat(store.series(ALL)).hasSize(100);
        }
    }

    @Test
    void noSeriesEverHasSamplesOfOneThatIsForgotten() throws IOException {
        try (var store = new Store(folder, WIDE)) {
            for (var app : List.of("other", "shop", "blog")) {
                append(store, START, new Point(labels("requests", app), Kind.GAUGE, START, 7));
            }
            store.forget(labels -> labels.get("app").equals("blog"));
            store.forget(labels -> labels.get("app").equals("shop"));
        }
        try (var store = new Store(folder, WIDE)) {
            var fresh = labels("requests", "fresh");
            append(store, START + 1000, new Point(fresh, Kind.GAUGE, START + 1000, 1));
            assertThat(read(store, Tier.RAW, Column.LAST, START + 1000).get(fresh))
                    .containsOnlyKeys(START + 1000);
        }
    }

    @Test
    void anAppHasRoomForAsManySeriesAsItMayUntilItIsForgotten() throws IOException {
        var limits = new Store.Limits(1 << 20, 100, 2);
        try (var store = new Store(folder, limits)) {
            append(store, START, new Point(labels("a", "shop"), Kind.GAUGE, START, 1));
            append(store, START, new Point(labels("b", "shop"), Kind.GAUGE, START, 1));
        }
        try (var store = new Store(folder, limits)) {
            assertThat(refusals(store, "c")).containsExactly(Refusal.TOO_MANY_SERIES);
            assertThat(refusals(store, "a")).isEmpty();
            store.forget(labels -> labels.get("app").equals("shop"));
            assertThat(refusals(store, "c")).isEmpty();
            assertThat(refusals(store, "d")).isEmpty();
            assertThat(refusals(store, "e")).containsExactly(Refusal.TOO_MANY_SERIES);
        }
        try (var store = new Store(folder, limits)) {
            assertThat(refusals(store, "e")).containsExactly(Refusal.TOO_MANY_SERIES);
        }
    }

    private static List<Refusal> refusals(Store store, String metric) {
        var refused = new ArrayList<Refusal>();
        var point = new Point(labels(metric, "shop"), Kind.GAUGE, START + 1, 1);
        store.append(List.of(point), START + 1, (any, why) -> refused.add(why));
        return refused;
    }

    @Test
    void anAppThatIsForgottenLeavesNothing() throws IOException {
        var shop = labels("requests", "shop");
        var other = labels("requests", "other");
        for (int times = 0; times < 2; times++) {
            try (var store = new Store(folder, WIDE)) {
                long now = START + times * DAY / 24 + 1000;
                append(store, now, new Point(other, Kind.GAUGE, now, 1), new Point(shop, Kind.GAUGE, now, 7 + times));
                assertThat(read(store, Tier.RAW, Column.LAST, now).get(shop)).hasSize(1);
                if (times == 0) {
                    store.forget(labels -> labels.get("app").equals("shop"));
                    assertThat(read(store, Tier.RAW, Column.LAST, now)).containsOnlyKeys(other);
                }
                store.tend(now + DAY / 24);
            }
        }
        try (var store = new Store(folder, WIDE)) {
            var found = read(store, Tier.RAW, Column.LAST, START + DAY);
            assertThat(found.get(shop)).containsValues(8.0).hasSize(1);
            assertThat(found.get(other)).hasSize(2);
        }
    }

    @Test
    void aSampleTakesTwoBytesAtMost() throws IOException {
        var random = new Random(11);
        int series = 2000;
        var values = new double[series];
        try (var store = new Store(folder, WIDE)) {
            for (int step = 0; step < 360; step++) {
                long now = START + step * 10_000L;
                var points = new ArrayList<Point>(series);
                for (int i = 0; i < series; i++) {
                    values[i] = next(i % 10, values[i], random);
                    points.add(new Point(
                            labels("metric" + i, "shop"), i % 10 < 6 ? Kind.COUNTER : Kind.GAUGE, now, values[i]));
                }
                store.append(points, now, (point, why) -> {
                    throw new AssertionError(why);
                });
            }
            store.tend(START + DAY / 8);
        }
        double bytes = Trees.size(folder.resolve("raw")) / (360.0 * series);
        assertThat(bytes).as("bytes a sample").isLessThanOrEqualTo(2);
    }

    /// As pages of metrics are: buckets and counters that stand still for most of the time, some that grow each time,
    /// levels that change now and then, times in seconds.
    private static double next(int kind, double before, Random random) {
        return switch (kind) {
            case 0, 1, 2 -> before + (random.nextInt(8) == 0 ? 1 : 0);
            case 3, 4 -> before + random.nextInt(40);
            case 5 -> before + (random.nextInt(3) == 0 ? random.nextInt(2000) / 1000.0 : 0);
            case 6 -> random.nextInt(10) == 0 ? 4096.0 * random.nextInt(50_000) : before;
            case 7 -> random.nextInt(3) == 0 ? random.nextInt(50) : before;
            default -> 42;
        };
    }
}
