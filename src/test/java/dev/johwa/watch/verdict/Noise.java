package dev.johwa.watch.verdict;

import dev.johwa.serve.router.EdgeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// An application under the noise of the world: from a few requests a minute to hundreds a second, by the hour of the
/// day and in gusts; times with heavy tails; errors that were always there, singly and in bursts; neighbours that are
/// released at the same time and take processors and databases away for a while; a cold start behind each switch.
/// Written before the verdicts, and seeded, so that a figure can be had again.
final class Noise {
    static final int STEP = 10;
    private static final int HOUR = 3_600;

    private final SplittableRandom dice;
    private final double rate;
    private final double phase;
    private final double gusts;
    private final double usualErrors;
    private final double middle;
    private final double tail;
    private final double cold;
    private final double coldSeconds;
    private final List<Burst> bursts = new ArrayList<>();

    /// Errors and slowness for a while, whatever release serves.
    private record Burst(double from, double until, double errors, double slower) {}

    /// What a planted fault does.
    ///
    /// @param from second after the switch
    /// @param errors share of answers that fail
    /// @param slower times as slow
    record Fault(double from, double errors, double slower) {
        static final Fault NONE = new Fault(0, 0, 1);
    }

    /// @param least requests a second in the mean
    Noise(long seed, double least, double most) {
        dice = new SplittableRandom(seed);
        rate = logarithmic(least, most);
        phase = dice.nextDouble() * 24 * HOUR;
        gusts = 0.05 + 0.4 * dice.nextDouble();
        usualErrors = dice.nextInt(3) == 0 ? 0 : logarithmic(0.00001, 0.01);
        middle = logarithmic(0.003, 0.3);
        tail = 0.5 + dice.nextDouble();
        cold = dice.nextInt(3) == 0 ? 1 : 1 + 9 * dice.nextDouble();
        coldSeconds = 10 + 50 * dice.nextDouble();
        for (int i = 0; i < 4; i++) {
            if (dice.nextInt(3) == 0) {
                burst(-HOUR + 2.0 * HOUR * dice.nextDouble());
            }
        }
        // Somebody else is released with it: a monorepo, or several services of one change.
        if (dice.nextInt(3) == 0) {
            burst(90 * dice.nextDouble());
        }
    }

    private void burst(double from) {
        double errors = dice.nextBoolean() ? 0 : 0.05 + 0.6 * dice.nextDouble();
        bursts.add(new Burst(from, from + 3 + 22 * dice.nextDouble(), errors, 1 + 7 * dice.nextDouble()));
    }

    private double logarithmic(double least, double most) {
        return least * Math.pow(most / least, dice.nextDouble());
    }

    double rate() {
        return rate;
    }

    double usualErrors() {
        return usualErrors;
    }

    /// The hour before the switch.
    Before before() {
        long answers = 0;
        long errors = 0;
        long late = 0;
        long lateErrors = 0;
        var buckets = new long[EdgeReport.BOUNDS.size() + 1];
        for (int second = -HOUR + STEP; second <= 0; second += STEP) {
            var step = step(second, Fault.NONE, false);
            answers += step.answers();
            errors += step.errors();
            if (second > -300) {
                late += step.answers();
                lateErrors += step.errors();
            }
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] += step.buckets().get(i);
            }
        }
        return new Before(40, answers, errors, boxed(buckets), late, lateErrors, 0);
    }

    /// Of the new release.
    Step after(int second, Fault fault) {
        return step(second, fault, true);
    }

    private Step step(int second, Fault fault, boolean isNew) {
        double day = 1 + 0.6 * Math.sin(2 * Math.PI * (second + phase) / (24 * HOUR));
        double gust = Math.exp(gusts * dice.nextGaussian() - gusts * gusts / 2);
        long answers = poisson(rate * STEP * day * gust);
        double errors = usualErrors;
        double slower = 0.7 + 0.3 * day;
        for (var burst : bursts) {
            double share =
                    Math.clamp((Math.min(second, burst.until) - Math.max(second - STEP, burst.from)) / STEP, 0, 1);
            errors += share * burst.errors;
            slower *= 1 + share * (burst.slower - 1);
        }
        if (isNew) {
            slower *= 1 + (cold - 1) * Math.exp(-(second - STEP / 2.0) / coldSeconds);
            boolean isFaulty = second - STEP / 2.0 >= fault.from;
            errors = isFaulty ? Math.max(errors, fault.errors) : errors;
            slower *= isFaulty ? fault.slower : 1;
        }
        return new Step(second, answers, binomial(answers, Math.min(1, errors)), times(answers, slower), 0);
    }

    /// Lognormal, and one of a hundred from a Pareto tail.
    private List<Long> times(long answers, double slower) {
        var buckets = new long[EdgeReport.BOUNDS.size() + 1];
        long left = answers;
        double below = 0;
        for (int i = 0; i < buckets.length && left > 0; i++) {
            double until = i < EdgeReport.BOUNDS.size() ? within(EdgeReport.BOUNDS.get(i) / (middle * slower)) : 1;
            double share = below >= 1 ? 1 : (until - below) / (1 - below);
            buckets[i] = binomial(left, Math.clamp(share, 0, 1));
            left -= buckets[i];
            below = until;
        }
        return boxed(buckets);
    }

    /// @param times the middle
    private double within(double times) {
        double lognormal = 0.5 * (1 + erf(Math.log(times) / (tail * Math.sqrt(2))));
        double pareto = times <= 1 ? 0 : 1 - Math.pow(times, -1.2);
        return 0.99 * lognormal + 0.01 * pareto;
    }

    /// Abramowitz and Stegun 7.1.26.
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.signum(x) * (1 - sum * Math.exp(-x * x));
    }

    private static List<Long> boxed(long[] numbers) {
        var list = new ArrayList<Long>(numbers.length);
        for (long number : numbers) {
            list.add(number);
        }
        return list;
    }

    private long poisson(double mean) {
        if (mean > 50) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * dice.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = dice.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= dice.nextDouble();
            count++;
        }
        return count;
    }

    private long binomial(long all, double share) {
        if (all == 0 || share <= 0) {
            return 0;
        }
        if (share >= 1) {
            return all;
        }
        if (share > 0.5) {
            return all - binomial(all, 1 - share);
        }
        double mean = all * share;
        if (mean > 30) {
            double drawn = mean + Math.sqrt(mean * (1 - share)) * dice.nextGaussian();
            return Math.clamp(Math.round(drawn), 0, all);
        }
        if (all > 100) {
            return Math.min(all, poisson(mean));
        }
        long count = 0;
        for (long i = 0; i < all; i++) {
            count += dice.nextDouble() < share ? 1 : 0;
        }
        return count;
    }
}
