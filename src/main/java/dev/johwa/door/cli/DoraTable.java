package dev.johwa.door.cli;

import dev.johwa.door.cli.Screen.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Delivery figures for people: each with how many values it rests on, and what it was seen in.
final class DoraTable {
    private static final int EVIDENCE = 3;
    private static final int COMMIT = 8;

    private final Screen screen;
    private final Map<?, ?> figures;

    DoraTable(Screen screen, Map<?, ?> figures) {
        this.screen = screen;
        this.figures = figures;
    }

    void tell() {
        var window = map(figures, "window");
        screen.line("%s, %s days to %s: %s"
                .formatted(
                        window.get("environment"),
                        plain(number(window, "days").orElse(0.0)),
                        moment(window, "until"),
                        counted(figures.get("deployments"), "deployment")));
        var rows = new ArrayList<List<String>>();
        rows.add(row("deployment frequency", frequency(), map(figures, "deploymentFrequency"), "deployment"));
        rows.add(row("lead time", leadTime(), map(figures, "leadTime"), "commit"));
        rows.add(row("change failure rate", failureRate(), map(figures, "changeFailureRate"), "change"));
        rows.add(row("time to restore", restore(), map(figures, "timeToRestore"), "failure"));
        rows.add(row("rework rate", rework(), map(figures, "reworkRate"), "deployment"));
        screen.table(List.of("", "", "OF", "BAND"), rows);
        evidence();
        excluded();
    }

    /// Of several apps, one after another.
    void tellApps() {
        if (figures.get("apps") instanceof List<?> apps) {
            for (var app : apps) {
                if (app instanceof Map<?, ?> each) {
                    screen.line("");
                    screen.line(screen.style(Style.BOLD, String.valueOf(each.get("name"))));
                    new DoraTable(screen, map(each, "figures")).tell();
                }
            }
        }
    }

    private static List<String> row(String name, String value, Map<?, ?> figure, String of) {
        var band = figure.get("band") instanceof String text ? text : "";
        return List.of(name, value, counted(figure.get("n"), of), band);
    }

    private static String counted(@Nullable Object count, String noun) {
        return count + " " + noun + (count instanceof Number number && number.longValue() == 1 ? "" : "s");
    }

    private String frequency() {
        var frequency = map(figures, "deploymentFrequency");
        var gap = number(frequency, "medianGapSeconds")
                .map(seconds -> ", " + time(seconds) + " between two")
                .orElse("");
        return plain(number(frequency, "perDay").orElse(0.0)) + " a day" + gap;
    }

    private String leadTime() {
        var lead = map(figures, "leadTime");
        return number(lead, "medianSeconds")
                .map(median -> "median " + time(median) + ", 90 % within "
                        + time(number(lead, "p90Seconds").orElse(0.0)))
                .orElse("nothing known");
    }

    private String failureRate() {
        var failure = map(figures, "changeFailureRate");
        return number(failure, "ratio")
                .map(ratio -> percent(ratio) + ", " + failure.get("failed") + " failed")
                .orElse("nothing known");
    }

    private String restore() {
        var restore = map(figures, "timeToRestore");
        var least = Boolean.TRUE.equals(restore.get("atLeast")) ? "at least " : "";
        var open = number(restore, "open").orElse(0.0) > 0 ? ", " + restore.get("open") + " not repaired yet" : "";
        return number(restore, "medianSeconds")
                .map(median -> "median " + least + time(median) + open)
                .orElse("nothing failed");
    }

    private String rework() {
        var rework = map(figures, "reworkRate");
        return number(rework, "ratio")
                .map(ratio -> percent(ratio) + ", " + rework.get("rework") + " repaired earlier ones")
                .orElse("nothing known");
    }

    private void evidence() {
        evidence("newest deployments", "deploymentFrequency", each -> label(each) + "  " + moment(each, "at"));
        evidence(
                "slowest commits",
                "leadTime",
                each -> commit(each) + " in " + label(each) + "  "
                        + time(number(each, "seconds").orElse(0.0)));
        evidence(
                "failed",
                "changeFailureRate",
                each -> label(each) + "  " + each.get("by")
                        + (each.get("repairedBy") == null ? "" : ", repaired by release " + each.get("repairedBy")));
    }

    private void evidence(String title, String figure, Function<Map<?, ?>, String> text) {
        if (!(map(figures, figure).get("evidence") instanceof List<?> all) || all.isEmpty()) {
            return;
        }
        var lines = all.stream()
                .limit(EVIDENCE)
                .map(each -> text.apply((Map<?, ?>) each))
                .collect(Collectors.joining("; "));
        screen.line(screen.style(Style.FAINT, title + ": ")
                + lines
                + (all.size() > EVIDENCE ? "; … (--json tells " + all.size() + ")" : ""));
    }

    private void excluded() {
        var counted = map(figures, "excluded").entrySet().stream()
                .filter(each -> each.getValue() instanceof Number number && number.intValue() > 0)
                .map(each -> words(String.valueOf(each.getKey())) + " " + each.getValue())
                .collect(Collectors.joining(", "));
        if (!counted.isEmpty()) {
            screen.line(screen.style(Style.FAINT, "not counted: ") + counted);
        }
    }

    private static String words(String key) {
        return key.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String label(Map<?, ?> each) {
        return each.get("app") + " " + each.get("release");
    }

    private static String commit(Map<?, ?> each) {
        var commit = String.valueOf(each.get("commit"));
        return commit.substring(0, Math.min(COMMIT, commit.length()));
    }

    private static String moment(Map<?, ?> each, String key) {
        return String.valueOf(each.get(key)).replaceFirst("\\..*|Z", "").replace('T', ' ');
    }

    private static Map<?, ?> map(Map<?, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static Optional<Double> number(Map<?, ?> map, String key) {
        return map.get(key) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    private static String percent(double ratio) {
        return Math.round(ratio * 100) + " %";
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.2f", number);
    }

    /// The two largest units.
    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole < 86_400
                ? whole / 3600 + " h " + whole % 3600 / 60 + " min"
                : whole / 86_400 + " d " + whole % 86_400 / 3600 + " h";
    }
}
