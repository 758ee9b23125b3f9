package dev.johwa.watch.alert;

import java.util.Locale;

/// What share of an app's requests are to be good ones, over [Pace#PERIOD].
///
/// @param target above 0 and below 1: 0.995
public record Objective(String app, String environment, Measure measure, double target) {
    public Objective {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("a target is above 0 and below 1, not " + target);
        }
    }

    /// The share of requests that may be bad ones.
    public double budget() {
        return 1 - target;
    }

    /// What a person reads: `99.5 % without an error`, `99 % within 500 ms`.
    public String text() {
        var percent = percent(target);
        return switch (measure) {
            case Measure.Availability _ -> percent + " without an error";
            case Measure.Latency(var seconds) -> percent + " within " + duration(seconds);
        };
    }

    /// `99.5 %`.
    public static String percent(double share) {
        var text = String.format(Locale.ROOT, "%.3f", share * 100);
        return text.replaceFirst("\\.?0+$", "") + " %";
    }

    private static String duration(double seconds) {
        return seconds < 1 ? Math.round(seconds * 1000) + " ms" : String.format(Locale.ROOT, "%s s", trim(seconds));
    }

    private static String trim(double seconds) {
        return Double.toString(seconds).replaceFirst("\\.0$", "");
    }
}
