package dev.johwa.watch.alert;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// When figures of an app's own count as vanished: in PromQL, for our look and for the rules that Prometheus gets.
///
/// Both round to whole minutes, since rules are evaluated then. Ranges of the rules are a second shorter than they
/// mean: Prometheus 2 counts both ends of a range, 3 only its end. They remember for a day that a figure was steady,
/// our look for as long as its release runs.
final class OwnFigures {
    static final Duration GONE = Duration.ofMinutes(10);

    private static final String SERIES = "johwa:own_figure:series";
    private static final String STEADY = "johwa:own_figure:steady";
    private static final int STEADY_TIMES = 6;

    private OwnFigures() {}

    /// Whether the platform was looked at all the while: else everything seems to be gone.
    static String looked() {
        return "count_over_time(last_over_time(johwa_runs_ongoing[59s])[9m59s:1m]) >= 9";
    }

    /// Whether what a selector finds was there in each ten minutes of an hour.
    static String steady(String selector) {
        return "count_over_time(count(last_over_time(" + selector + "[5m]))[1h:10m]) >= " + STEADY_TIMES;
    }

    /// The same of one that is only known to be older than all that was seen since the start: an hour of a week.
    static String steadyOnce(String selector) {
        return "count_over_time(count(" + selector + ")[7d:10m]) >= " + STEADY_TIMES;
    }

    /// What rules record, in this order.
    static Map<String, String> records() {
        var records = new LinkedHashMap<String, String>();
        records.put(
                SERIES,
                "count by (app, environment, release, figure) (label_replace(last_over_time("
                        + "{job=\"johwa-apps\",__name__!~\"johwa_.*|up|scrape_.*\"}[59s]),"
                        + " \"figure\", \"$1\", \"__name__\", \"(.+)\"))");
        records.put(
                STEADY,
                "(count_over_time(last_over_time(" + SERIES + "[4m59s])[59m59s:10m]) >= bool " + STEADY_TIMES + ") and "
                        + SERIES);
        return records;
    }

    /// How many of a release are gone that were steady when they were last seen.
    static String vanished() {
        return "count by (app, environment, release) (last_over_time(" + STEADY + "[1d]) == 1 unless last_over_time("
                + SERIES + "[9m59s]))"
                + " and on (app, environment, release) johwa_app_serving_release{preview=\"false\"}"
                + " and on (app, environment, release) (time() - johwa_instance_start_time_seconds > "
                + GONE.toSeconds() + ") and on () (" + looked() + ")";
    }
}
