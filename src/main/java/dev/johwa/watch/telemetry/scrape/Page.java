package dev.johwa.watch.telemetry.scrape;

import dev.johwa.watch.telemetry.Kind;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a page of metrics: Prometheus' text 0.0.4 or OpenMetrics 1.0.
/// Sources of the forms: prometheus.io/docs/instrumenting/exposition_formats and
/// prometheus.io/docs/specs/om/open_metrics_spec.
final class Page {
    private static final double MOST_MILLIS = 1e14;
    private static final int MOST_HELPS = 1_000;
    private static final int LONGEST_HELP = 1_000;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([n\\\\\"])");

    private final Map<String, String> place;
    private final boolean isOpenMetrics;
    private final long now;
    private final int most;
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, String> helps = new HashMap<>();
    private final List<Point> points = new ArrayList<>();
    private long dropped;
    private String example = "";

    /// @param place labels of the platform, which win
    /// @param most points that are read; more are counted
    Page(Map<String, String> place, boolean isOpenMetrics, long now, int most) {
        this.place = place;
        this.isOpenMetrics = isOpenMetrics;
        this.now = now;
        this.most = most;
    }

    List<Point> points() {
        return points;
    }

    /// What its metrics are, as it says it.
    Map<String, String> helps() {
        return helps;
    }

    /// Values that were left out: beyond the number, written wrongly, or counters below zero.
    long dropped() {
        return dropped;
    }

    /// The last line of these.
    String example() {
        return example;
    }

    Page read(String text) {
        var lines = text.lines().iterator();
        while (lines.hasNext()) {
            var line = lines.next();
            if (line.startsWith("#")) {
                comment(line);
                if (isOpenMetrics && line.equals("# EOF")) {
                    break;
                }
            } else if (!line.isBlank()) {
                sample(line);
            }
        }
        return this;
    }

    private void comment(String line) {
        var words = line.split("[ \t]+", 4);
        if (words.length < 4) {
            return;
        }
        if (words[1].equals("TYPE")) {
            types.putIfAbsent(words[2], words[3].split("[ \t]", 2)[0]);
        } else if (words[1].equals("HELP") && helps.size() < MOST_HELPS && isOfApp(words[2])) {
            helps.putIfAbsent(words[2], plain(words[3]));
        }
    }

    /// An escaped break is a space: it is one line everywhere.
    private static String plain(String help) {
        var text = help.substring(0, Math.min(help.length(), LONGEST_HELP)).strip();
        return ESCAPED.matcher(text)
                .replaceAll(found -> found.group(1).equals("n") ? " " : Matcher.quoteReplacement(found.group(1)));
    }

    private static boolean isOfApp(String name) {
        return !name.startsWith("johwa_");
    }

    private void sample(String line) {
        var sample = points.size() < most ? SampleLine.read(line) : Optional.<SampleLine>empty();
        if (sample.isEmpty() || !isKept(sample.get())) {
            dropped++;
            example = line.substring(0, Math.min(120, line.length()));
            return;
        }
        var found = sample.get();
        var labels = new HashMap<>(found.labels());
        labels.putAll(place);
        labels.put(Labels.NAME, found.name());
        points.add(new Point(Labels.of(labels), kind(found.name()), at(found), found.value()));
    }

    private boolean isKept(SampleLine sample) {
        boolean isBelow = sample.value() < 0
                && kind(sample.name()) == Kind.COUNTER
                && !sample.name().endsWith("_sum");
        return !isBelow && isOfApp(sample.name());
    }

    private long at(SampleLine sample) {
        if (sample.time().isEmpty()) {
            return now;
        }
        double millis = sample.time().getAsDouble() * (isOpenMetrics ? 1000 : 1);
        return Math.abs(millis) < MOST_MILLIS ? Math.round(millis) : Long.MAX_VALUE;
    }

    /// By the type that the page says of the family, else by the name.
    private Kind kind(String name) {
        for (var end : List.of("", "_total", "_bucket", "_count", "_sum", "_created")) {
            var type = name.endsWith(end) ? types.get(name.substring(0, name.length() - end.length())) : null;
            if (type != null) {
                boolean isCounter = switch (type) {
                    case "counter" -> !end.equals("_created");
                    case "histogram", "summary" -> end.equals("_bucket") || end.equals("_count") || end.equals("_sum");
                    default -> false;
                };
                return isCounter ? Kind.COUNTER : Kind.GAUGE;
            }
        }
        return name.endsWith("_total") ? Kind.COUNTER : Kind.GAUGE;
    }
}
