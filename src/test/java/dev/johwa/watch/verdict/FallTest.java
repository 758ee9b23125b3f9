package dev.johwa.watch.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.watch.verdict.Evidence.Minute;
import dev.johwa.watch.verdict.Fall.Seen;
import dev.johwa.watch.verdict.Fall.Weight;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Orders of a release beside those of the one before: plain hours, and many under seeded noise.
class FallTest {
    private static Seen even(int release, int minutes, double requests, double counted) {
        return new Seen(release, Collections.nCopies(minutes, new Minute(requests, counted)));
    }

    private static Weight weight(Seen before, Seen now) {
        return Fall.of("orders", before, now, false).weight();
    }

    @Test
    void lessOfItForAsManyRequestsAndInAsMuchTimeIsAFall() {
        var before = even(41, 60, 235, 5);
        assertThat(Fall.of("orders", before, even(42, 10, 240, 0.5), false))
                .isEqualTo(new Fall(
                        Weight.CERTAIN,
                        "orders fell: 5 in 2,400 requests within 10 min; release 41 had 300 in 14,100 requests, by which"
                                + " it would be 50"));
        assertThat(weight(before, even(42, 10, 240, 2.9))).isEqualTo(Weight.NONE);
        assertThat(weight(before, even(42, 30, 240, 3))).isEqualTo(Weight.SUSPECTED);
        assertThat(weight(before, even(42, 4, 240, 0))).isEqualTo(Weight.NONE);
        assertThat(weight(before, even(42, 60, 235, 5))).isEqualTo(Weight.NONE);
    }

    @Test
    void moreRequestsForAnOrderOrANightAreNone() {
        var before = even(41, 60, 235, 5);
        // A page asks for four times as much.
        assertThat(weight(before, even(42, 30, 940, 5))).isEqualTo(Weight.NONE);
        // Fewer people come.
        assertThat(weight(before, even(42, 30, 24, 0.5))).isEqualTo(Weight.NONE);
        // A canary has one of twenty requests, at the same time.
        assertThat(Fall.of("orders", before, even(42, 60, 12, 0.25), true)).isEqualTo(Fall.NONE);
        assertThat(Fall.of("orders", before, even(42, 60, 24, 0), true).weight())
                .isEqualTo(Weight.CERTAIN);
    }

    @Test
    void whatIsHardlyKnownIsNone() {
        assertThat(weight(even(41, 60, 10, 0.3), even(42, 60, 10, 0))).isEqualTo(Weight.NONE);
        assertThat(weight(new Seen(41, List.of()), even(42, 60, 10, 0))).isEqualTo(Weight.NONE);
        assertThat(weight(even(41, 60, 10, 5), even(42, 60, 0, 0))).isEqualTo(Weight.NONE);
    }

    /// An hour: traffic drifts by up to a half, orders come at a rate that scatters more than chance.
    private static List<Minute> hour(SplittableRandom dice, double requests, double rate, double drift) {
        return IntStream.range(0, 60)
                .mapToObj(i -> {
                    double seen =
                            Math.max(1, Math.round(requests * (1 + drift * i / 60) * (0.8 + 0.4 * dice.nextDouble())));
                    double burst = Math.exp(0.4 * dice.nextGaussian() - 0.08);
                    return new Minute(seen, poisson(dice, seen * rate * burst));
                })
                .toList();
    }

    private static double poisson(SplittableRandom dice, double mean) {
        if (mean > 50) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * dice.nextGaussian()));
        }
        double left = Math.exp(-mean);
        double product = dice.nextDouble();
        int count = 0;
        while (product > left) {
            product *= dice.nextDouble();
            count++;
        }
        return count;
    }

    /// The worst that each look of an hour, a minute apart, finds.
    private static Weight looked(Seen before, List<Minute> now) {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(minutes -> weight(before, new Seen(2, now.subList(0, minutes))))
                .max(Weight::compareTo)
                .orElseThrow();
    }

    @Test
    void cleanReleasesAreNotToldAndFallsAre() {
        int certain = 0;
        int suspected = 0;
        int found = 0;
        int releases = 1_500;
        for (int seed = 0; seed < releases; seed++) {
            var dice = new SplittableRandom(seed);
            double requests = Math.exp(2 + 5 * dice.nextDouble());
            double rate = (2 + 8 * dice.nextDouble()) / requests;
            double drift = dice.nextDouble() - 0.5;
            var before = new Seen(1, hour(dice, requests, rate, drift));
            var clean = looked(before, hour(dice, requests * (1 + drift), rate, dice.nextDouble() - 0.5));
            certain += clean == Weight.CERTAIN ? 1 : 0;
            suspected += clean == Weight.SUSPECTED ? 1 : 0;
            var fallen = looked(before, hour(dice, requests * (1 + drift), rate * 0.2, dice.nextDouble() - 0.5));
            found += fallen == Weight.CERTAIN ? 1 : 0;
        }
        assertThat(certain).isLessThanOrEqualTo(releases / 1_000);
        assertThat(suspected).isLessThan(releases / 50);
        assertThat(found).isGreaterThan(releases * 95 / 100);
    }
}
