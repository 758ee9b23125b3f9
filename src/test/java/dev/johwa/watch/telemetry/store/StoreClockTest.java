package dev.johwa.watch.telemetry.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.file.Trees;
import dev.johwa.watch.telemetry.Column;
import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Matcher;
import dev.johwa.watch.telemetry.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clock that is ahead for a while, and is set back.
class StoreClockTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long START = 20_250 * DAY + 10 * HOUR;
    private static final Store.Limits WIDE = new Store.Limits(1L << 30, 50_000, 50_000);
    private static final Labels LABELS = Labels.of(Map.of(Labels.NAME, "requests_total", "app", "shop"));

    @TempDir
    Path folder;

    /// What a store has, and what it should have.
    private static final class Life {
        private final Path folder;
        private final TreeMap<Long, Double> model = new TreeMap<>();
        private Store store;
        /// Seconds that it lives, which a counter counts.
        private long lived;

        private Life(Path folder) {
            this.folder = folder;
            this.store = new Store(folder, WIDE);
        }

        /// A sample each half minute.
        ///
        /// @return how many were refused
        int live(long from, long length) {
            int refused = 0;
            for (long now = from; now < from + length; now += 30_000) {
                refused += sample(now);
                store.tend(now);
            }
            return refused;
        }

        private int sample(long now) {
            lived += 30;
            var why = new ArrayList<Refusal>();
            store.append(
                    List.of(new Point(LABELS, Kind.COUNTER, now, lived)), now, (point, refusal) -> why.add(refusal));
            if (!why.isEmpty()) {
                assertThat(why).containsExactly(Refusal.OUT_OF_ORDER);
                return 1;
            }
            model.tailMap(now, true).clear();
            model.put(now, (double) lived);
            return 0;
        }

        void reopen() throws IOException {
            store.close();
            store = new Store(folder, WIDE);
        }

        TreeMap<Long, Double> read(Tier tier, Column column) {
            return StoreClockTest.read(store, tier, column);
        }
    }

    private static TreeMap<Long, Double> read(Store store, Tier tier, Column column) {
        var range = new Store.Range(tier, 0, START + 1000 * DAY);
        var all = List.of(new Matcher(Labels.NAME, Matcher.Kind.LIKE, ".+"));
        var values = new TreeMap<Long, Double>();
        for (var series : store.select(range, all, column, any -> true)) {
            for (int i = 0; i < series.samples().size(); i++) {
                assertThat(values.put(
                                series.samples().times()[i], series.samples().values()[i]))
                        .isNull();
            }
        }
        return values;
    }

    @Test
    void aClockThatIsBehindFromTheStartTakesNoHistory() throws IOException {
        var life = new Life(folder);
        assertThat(life.live(START, 5 * HOUR)).isZero();
        life.reopen();
        var before = life.read(Tier.RAW, Column.LAST);

        // Four hours of samples are after it.
        assertThat(life.live(START + HOUR, 10 * MINUTE)).as("refused").isEqualTo(20);
        assertThat(life.read(Tier.RAW, Column.LAST)).isEqualTo(before);

        // Set right, it goes on.
        assertThat(life.live(START + 5 * HOUR + 10 * MINUTE, 10 * MINUTE)).isZero();
        assertThat(life.read(Tier.RAW, Column.LAST)).hasSize(before.size() + 20);
    }

    @Test
    void aClockSetBackByHoursKeepsWhatComesNowAndWhatCameBefore() throws IOException {
        for (long ahead : List.of(25 * MINUTE, 5 * HOUR, 30 * HOUR)) {
            var life = new Life(folder.resolve("by" + ahead));
            assertThat(life.live(START, 2 * HOUR)).isZero();
            assertThat(life.live(START + 2 * HOUR + ahead, 90 * MINUTE)).isZero();
            long back = START + 2 * HOUR + 90 * MINUTE;
            life.model.tailMap(START + 2 * HOUR).clear();

            assertThat(life.live(back, HOUR)).as("refused").isEqualTo(4);

            assertThat(life.read(Tier.RAW, Column.LAST)).isEqualTo(life.model);
            // As much as it counts is what its clock tells: no rate is wrong, over whatever time.
            assertThat(life.model)
                    .allSatisfy((at, value) -> assertThat(value * 1000).isEqualTo(at - START + 30_000.0));
            life.reopen();
            assertThat(life.read(Tier.RAW, Column.LAST)).isEqualTo(life.model);
            // The hours that were written ahead come, and become blocks.
            assertThat(life.live(back + HOUR, 40 * HOUR)).isZero();
            life.reopen();
            assertThat(life.read(Tier.RAW, Column.LAST)).isEqualTo(life.model);
            for (var tier : Tier.values()) {
                assertThat(sum(life.read(tier, Column.COUNT)))
                        .as(tier + " of " + ahead)
                        .isEqualTo(life.model.size());
                assertThat(life.read(tier, Column.LAST).lastEntry().getValue())
                        .isEqualTo(life.model.lastEntry().getValue());
            }
            life.store.close();
        }
    }

    private static double sum(TreeMap<Long, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void aClockThatIsWrongForAMomentTakesNothing() throws IOException {
        var life = new Life(folder);
        assertThat(life.live(START, HOUR)).isZero();
        assertThat(life.live(0, 90_000)).isEqualTo(3);
        assertThat(life.live(START + HOUR, HOUR)).isZero();
        assertThat(life.model).hasSize(240);
        assertThat(life.read(Tier.RAW, Column.LAST)).isEqualTo(life.model);
        life.store.close();
    }

    @Test
    void anEndWhileItIsTakenAwayIsMadeUpForAtTheNextStart() throws IOException {
        var life = new Life(folder.resolve("now"));
        life.live(START, 2 * HOUR);
        life.live(START + 2 * HOUR + 25 * MINUTE, 3 * HOUR);
        // Afterwards nobody knows when the clock went ahead.
        life.reopen();
        long back = START + 5 * HOUR - 40 * MINUTE;
        life.live(back, 2 * MINUTE);
        var before = copied(life.folder, folder.resolve("before"));
        life.live(back + 2 * MINUTE, 1);
        var moment = Long.toString(back + 2 * MINUTE - 1);
        var after = copied(life.folder, folder.resolve("after"));
        assertThat(Trees.size(after)).isLessThan(Trees.size(before));
        life.store.close();
        var expected = new TreeMap<>(life.model.headMap(back + 2 * MINUTE, false));
        assertThat(expected).hasSizeGreaterThan(300);

        var random = new Random(5);
        for (int i = 0; i < 20; i++) {
            var left = copied(before, folder.resolve("left" + i));
            Files.writeString(left.resolve("cut"), moment);
            Files.writeString(left.resolve("head.part"), "half");
            spoil(left, after, random);
            for (int times = 0; times < 2; times++) {
                try (var store = new Store(left, WIDE)) {
                    assertThat(read(store, Tier.RAW, Column.LAST)).isEqualTo(expected);
                    assertThat(sum(read(store, Tier.MINUTE, Column.COUNT)))
                            .isBetween(expected.size() - 2.0, (double) expected.size());
                }
            }
        }
    }

    /// Some blocks are done, others are not.
    private static void spoil(Path left, Path after, Random random) throws IOException {
        for (var tier : Tier.values()) {
            var blocks = left.resolve(tier.folder());
            for (var name : Arrays.asList(blocks.toFile().list())) {
                var done = after.resolve(tier.folder()).resolve(name);
                if (random.nextBoolean() && Files.exists(done)) {
                    Files.copy(done, blocks.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                } else if (random.nextBoolean() && !Files.exists(done)) {
                    Files.delete(blocks.resolve(name));
                }
            }
        }
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
