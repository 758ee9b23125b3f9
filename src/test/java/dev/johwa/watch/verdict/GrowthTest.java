package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.watch.verdict.Growth.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Memory of releases in their first hour: recorded shapes, and many under seeded noise.
class GrowthTest {
    private static final long MIB = 1 << 20;
    private static final OptionalLong LIMIT = OptionalLong.of(512 * MIB);

    /// Recorded at a service of Python, in MiB each three minutes: a heap that fills, and is even then.
    private static final List<Long> EVEN = mebibytes(
            88, 121, 126, 127, 127, 129, 128, 128, 129, 129, 128, 130, 129, 129, 130, 129, 130, 129, 130, 129);
    /// The same with a list that nobody empties.
    private static final List<Long> LEAK = mebibytes(
            90, 131, 152, 170, 191, 209, 231, 250, 271, 290, 312, 330, 349, 371, 390, 412, 430, 452, 470, 491);

    private static List<Long> mebibytes(int... values) {
        return IntStream.of(values).mapToObj(each -> each * MIB).toList();
    }

    @Test
    void aLeakIsCertainOnlyLateBesideOneThatIsEvenAndUnderALimit() {
        var told = Growth.of(EVEN, LEAK, LIMIT);
        assertThat(told.weight()).isEqualTo(Weight.CERTAIN);
        assertThat(told.words())
                .isEqualTo(
                        "memory grows by 397 MiB an hour more than at that age of the release before, 152 MiB to 491 MiB"
                                + " in 54 min; it may have 512 MiB");
        assertThat(Growth.of(EVEN, LEAK.subList(0, 12), LIMIT).weight()).isEqualTo(Weight.NONE);
        assertThat(Growth.of(EVEN, LEAK.subList(0, 15), LIMIT).weight()).isEqualTo(Weight.SUSPECTED);
        assertThat(Growth.of(EVEN, LEAK, OptionalLong.empty()).weight()).isEqualTo(Weight.SUSPECTED);
        assertThat(Growth.of(List.of(), LEAK, LIMIT).weight()).isEqualTo(Weight.SUSPECTED);
    }

    @Test
    void whatGrewBeforeOrIsEvenIsNoNews() {
        assertThat(Growth.of(EVEN, EVEN, LIMIT)).isEqualTo(Growth.of(List.of(), List.of(), LIMIT));
        assertThat(Growth.of(LEAK, LEAK, LIMIT).weight()).isEqualTo(Weight.NONE);
        assertThat(Growth.of(List.of(), EVEN, LIMIT).words()).isEmpty();
    }

    /// Minima of a heap: it warms up, wanders about its level, and is collected now and then.
    ///
    /// @param usually windows in which it warms up, as the release before did, more or less
    private static List<Long> minima(SplittableRandom dice, double level, double usually, double leak) {
        var values = new ArrayList<Long>();
        double wander = 0;
        double warm = usually * (0.8 + 0.4 * dice.nextDouble());
        double noise = 0.002 + 0.02 * dice.nextDouble();
        double growth = 0.03 * dice.nextDouble();
        for (int i = 0; i < 20; i++) {
            wander = 0.8 * wander + noise * dice.nextGaussian();
            double saw = 0.05 * noise * (i % (2 + (int) (4 * warm)));
            double filled = 1 - 0.5 * Math.exp(-i / warm) + growth * i / 20;
            values.add(Math.max(1, Math.round(level * (filled + wander + saw) + leak * i)));
        }
        return values;
    }

    @Test
    void cleanReleasesAreNeverUndoneAndLeaksAreFound() {
        int certain = 0;
        int suspected = 0;
        int found = 0;
        int releases = 4_000;
        for (int seed = 0; seed < releases; seed++) {
            var dice = new SplittableRandom(seed);
            double level = (40 + 400 * dice.nextDouble()) * MIB;
            var limit = OptionalLong.of(Math.round(level * (1.2 + dice.nextDouble())));
            double warm = 1 + 3 * dice.nextDouble();
            var before = minima(dice, level, warm, 0);
            var clean = Growth.of(before, minima(dice, level * (0.9 + 0.2 * dice.nextDouble()), warm, 0), limit);
            certain += clean.weight() == Weight.CERTAIN ? 1 : 0;
            suspected += clean.weight() == Weight.SUSPECTED ? 1 : 0;
            // It would be full within the next hour.
            double leak = (limit.getAsLong() - level) / (20 + 15 * dice.nextDouble());
            var leaking = Growth.of(before, minima(dice, level, warm, leak), limit);
            found += leaking.weight() == Weight.NONE ? 0 : 1;
        }
        assertThat(certain).isZero();
        assertThat(suspected).isLessThan(releases / 100);
        assertThat(found).isGreaterThan(releases * 9 / 10);
    }
}
