package dev.johwa.watch.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A tool for which files are written.
public enum Tool {
    PROMETHEUS,
    ALERTMANAGER,
    GRAFANA,
    FLUENTD,
    FLUENT_BIT,
    VECTOR;

    /// As people write it: `fluent-bit`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Tool> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Tool::word).toList();
    }
}
