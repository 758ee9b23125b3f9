package dev.johwa.watch.verdict;

import java.util.Arrays;

/// How much speaks for it that more than a tolerated share of answers is bad: a likelihood ratio of many shares above
/// the tolerated one against that, weighed by what was seen before each step. While the tolerated share holds, each
/// factor is 1 or less in the mean, whatever was seen before, so that it may be looked at after each step (test
/// martingales; Shafer and Vovk). It begins anew where nothing is left of it, so that what turns bad late is seen as
/// soon (Page's CUSUM). What one step can add is bounded: a burst that is over soon convinces nobody.
final class Suspicion {
    private static final int SHARES = 12;
    private static final double HIGHEST = 0.98;

    private final double tolerated;
    private final double mostOfStep;
    private final double[] shares = new double[SHARES];
    private final double[] weights = new double[SHARES];
    private double log;
    private long some;
    private long all;
    private long since;

    /// @param tolerated share of bad answers that is no worse than before
    /// @param mostOfStep what a step adds at most, as a logarithm
    Suspicion(double tolerated, double mostOfStep) {
        this.tolerated = tolerated;
        this.mostOfStep = mostOfStep;
        double lowest = Math.min(HIGHEST, tolerated * 1.5);
        for (int i = 0; i < SHARES; i++) {
            shares[i] = lowest * Math.pow(HIGHEST / lowest, i / (SHARES - 1.0));
        }
        begin(0);
    }

    private void begin(long second) {
        Arrays.fill(weights, 1.0 / SHARES);
        log = 0;
        some = 0;
        all = 0;
        since = second;
    }

    /// @param second the end of the step
    void see(long bad, long answers, long second) {
        if (answers == 0) {
            return;
        }
        double[] logs = new double[SHARES];
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < SHARES; i++) {
            logs[i] = Math.log(weights[i])
                    + bad * Math.log(shares[i] / tolerated)
                    + (answers - bad) * Math.log((1 - shares[i]) / (1 - tolerated));
            highest = Math.max(highest, logs[i]);
        }
        double sum = 0;
        for (int i = 0; i < SHARES; i++) {
            weights[i] = Math.exp(logs[i] - highest);
            sum += weights[i];
        }
        for (int i = 0; i < SHARES; i++) {
            weights[i] = Math.max(weights[i] / sum, 1e-12);
        }
        log += Math.min(mostOfStep, highest + Math.log(sum));
        some += bad;
        all += answers;
        if (log <= 0) {
            begin(second);
        }
    }

    /// The logarithm of the odds; 0 for nothing.
    double log() {
        return log;
    }

    /// What was seen since it began.
    Share seen() {
        return new Share(some, all);
    }

    long since() {
        return since;
    }
}
