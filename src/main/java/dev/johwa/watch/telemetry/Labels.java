package dev.johwa.watch.telemetry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Names and values that tell a series from others, by name in order. An empty value is none.
public final class Labels implements Comparable<Labels> {
    /// The label that holds the name of the metric.
    public static final String NAME = "__name__";
    /// The label that holds the upper bound of a bucket.
    public static final String BOUND = "le";

    /// The label by which what is of no app, but of a project, tells which.
    public static final String PROJECT = "project";

    public static final Labels NONE = new Labels(new String[0]);

    private final String[] pairs;
    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    public static Labels of(Map<String, String> labels) {
        var sorted = new TreeMap<>(labels);
        sorted.values().removeIf(String::isEmpty);
        var pairs = new String[2 * sorted.size()];
        int at = 0;
        for (var each : sorted.entrySet()) {
            pairs[at++] = each.getKey();
            pairs[at++] = each.getValue();
        }
        return new Labels(pairs);
    }

    /// How many labels there are.
    public int size() {
        return pairs.length / 2;
    }

    /// The value of a label, or nothing.
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /// The name of the metric, or nothing.
    public String metric() {
        return get(NAME);
    }

    public Labels with(String name, String value) {
        var all = map();
        all.put(name, value);
        return of(all);
    }

    /// Only those of these names.
    public Labels only(Set<String> names) {
        var kept = map();
        kept.keySet().retainAll(names);
        return of(kept);
    }

    /// All but those of these names.
    public Labels without(Set<String> names) {
        var kept = map();
        return kept.keySet().removeAll(names) ? of(kept) : this;
    }

    public Labels withoutMetric() {
        return metric().isEmpty() ? this : without(Set.of(NAME));
    }

    /// A copy, by name in order.
    public Map<String, String> map() {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(Labels other) {
        return Arrays.compare(pairs, other.pairs);
    }

    /// A value as it is written in a query.
    public static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /// As it is written in a query.
    @Override
    public String toString() {
        var inner = map().entrySet().stream()
                .filter(each -> !each.getKey().equals(NAME))
                .map(each -> each.getKey() + "=" + quoted(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
        return metric() + (inner.length() == 2 && !metric().isEmpty() ? "" : inner);
    }
}
