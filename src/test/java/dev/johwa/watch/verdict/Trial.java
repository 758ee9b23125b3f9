package dev.johwa.watch.verdict;

import dev.johwa.watch.verdict.Noise.Fault;
import dev.johwa.watch.verdict.Verdict.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Many releases under noise, judged.
final class Trial {
    private static final int STEPS = (int) Judge.LONGEST / Noise.STEP;

    private Trial() {}

    /// @param told verdicts of clean releases that were bad
    record Clean(Map<Kind, Integer> verdicts, List<String> told) {}

    static Clean clean(long seed, int releases) {
        var verdicts = new EnumMap<Kind, Integer>(Kind.class);
        var told = new ArrayList<String>();
        for (int i = 0; i < releases; i++) {
            var noise = new Noise(seed + i, 0.002, 300);
            var verdict = Judge.of(noise.before(), steps(noise, Fault.NONE, STEPS), Judge.LONGEST);
            verdicts.merge(verdict.kind(), 1, Integer::sum);
            if (verdict.isBad()) {
                told.add(seed + i + " " + verdict + " at " + noise.rate() + " a second, " + noise.usualErrors());
            }
        }
        return new Clean(verdicts, told);
    }

    private static List<Step> steps(Noise noise, Fault fault, int most) {
        var steps = new ArrayList<Step>();
        for (int i = 1; i <= most; i++) {
            steps.add(noise.after(i * Noise.STEP, fault));
        }
        return steps;
    }

    /// @param soon how many were found within two minutes of their first five bad answers
    /// @param late those that were not
    record Planted(int all, int soon, List<String> late) {}

    /// Releases that fail a share of their answers from some moment on: a fifth of them or more, or a twentieth of the
    /// many.
    static Planted planted(long seed, int releases) {
        int soon = 0;
        var late = new ArrayList<String>();
        for (int i = 0; i < releases; i++) {
            var dice = new SplittableRandom(31 * (seed + i));
            boolean isMild = dice.nextInt(4) == 0;
            var noise = isMild ? new Noise(seed + i, 2, 300) : new Noise(seed + i, 0.2, 300);
            double errors = isMild ? 0.05 + 0.15 * dice.nextDouble() : 0.2 + 0.8 * dice.nextDouble();
            double from = dice.nextBoolean() ? 0 : 600 * dice.nextDouble();
            var steps = steps(noise, new Fault(from, errors, 1), STEPS);
            var verdict = Judge.of(noise.before(), steps, Judge.LONGEST);
            long fifth = fifth(steps, from);
            if (verdict.isCertain() && verdict.seconds() <= fifth + 120) {
                soon++;
            } else {
                late.add(seed + i + " " + errors + " from " + from + " at " + noise.rate() + ", usually "
                        + noise.usualErrors() + ", fifth at " + fifth + ": " + verdict);
            }
        }
        return new Planted(releases, soon, late);
    }

    /// When the fifth bad answer was there.
    private static long fifth(List<Step> steps, double from) {
        long seen = 0;
        for (var step : steps) {
            seen += step.second() > from ? step.errors() : 0;
            if (seen >= 5) {
                return step.second();
            }
        }
        return Judge.LONGEST;
    }
}
