package dev.johwa.watch.dora;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// How a figure compares: bands of the DORA report 2023 (the last edition with numbers in one direction), and the
/// points from 0 to 10 of DORA's Quick Check 2025.
final class Scale {
    static final int BAND_EDITION = 2023;
    static final String TOO_FEW = "too few";

    private static final List<String> BANDS = List.of("elite", "high", "medium", "low");
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final double WEEK = 7 * DAY;
    private static final double MONTH = 30 * DAY;
    private static final List<Double> QUICK_CHECK_TIMES = List.of(HOUR, DAY, WEEK, MONTH, 6 * MONTH);

    private Scale() {}

    static String frequencyBand(double perDay, int n) {
        return band(1 / perDay, n, List.of(1.0, 7.0, 30.0));
    }

    static String leadTimeBand(OptionalDouble seconds, int n) {
        return band(seconds.orElse(0), n, List.of(DAY, WEEK, MONTH));
    }

    static String failureBand(OptionalDouble ratio, int n) {
        return band(ratio.orElse(0), n, List.of(0.05, 0.10, 0.15));
    }

    static String restoreBand(OptionalDouble seconds, int n) {
        return band(seconds.orElse(0), n, List.of(HOUR, DAY, WEEK));
    }

    private static String band(double value, int n, List<Double> limits) {
        if (n < Report.ENOUGH) {
            return TOO_FEW;
        }
        return BANDS.get((int) limits.stream().filter(limit -> value > limit).count());
    }

    /// The weakest one of those that there are; too few where there are too few deployments.
    static String weakest(String frequency, String... others) {
        if (frequency.equals(TOO_FEW)) {
            return TOO_FEW;
        }
        int weakest = Stream.concat(Stream.of(frequency), Stream.of(others))
                .mapToInt(BANDS::indexOf)
                .max()
                .orElse(0);
        return BANDS.get(weakest);
    }

    static OptionalDouble frequencyScore(double perDay, int n) {
        return timeScore(DAY / perDay, n);
    }

    static OptionalDouble timeScore(OptionalDouble seconds, int n) {
        return seconds.isEmpty() ? seconds : timeScore(seconds.getAsDouble(), n);
    }

    private static OptionalDouble timeScore(double seconds, int n) {
        if (n < Report.ENOUGH) {
            return OptionalDouble.empty();
        }
        long slower =
                QUICK_CHECK_TIMES.stream().filter(limit -> seconds > limit).count();
        return OptionalDouble.of(10 - 2.0 * slower);
    }

    static OptionalDouble ratioScore(OptionalDouble ratio, int n) {
        return n < Report.ENOUGH || ratio.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(10 * (1 - ratio.getAsDouble()));
    }

    static OptionalDouble mean(OptionalDouble... scores) {
        return Stream.of(scores).flatMapToDouble(OptionalDouble::stream).average();
    }
}
