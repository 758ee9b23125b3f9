package dev.johwa.watch.telemetry.scrape;

import dev.johwa.Parser;
import java.util.List;
import java.util.Map;

/// Those of pages of metrics, which an app writes.
public final class ScrapeParsers {
    private static final int MOST = 1_000;

    private ScrapeParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.ofText(
                        "text of Prometheus",
                        text -> new Page(Map.of("app", "shop"), false, 0, MOST).read(text),
                        "# HELP a b\n# TYPE a counter\na_total{c=\"d\\\"\\n\",e=\"\"} 1e3 1700000000000\nb NaN\n",
                        "{\"quoted name\",\"x y\"=\"z\"} +Inf\n"),
                Parser.ofText(
                        "OpenMetrics",
                        text -> new Page(Map.of("app", "shop"), true, 0, MOST).read(text),
                        "# TYPE a histogram\na_bucket{le=\"1.0\"} 3 1.5 # {trace_id=\"x\"} 0.6\na_created 1\n# EOF\n"));
    }
}
