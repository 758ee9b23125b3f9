package dev.johwa.watch.advisory;

import java.util.Locale;
import java.util.OptionalDouble;

/// How bad a vulnerability is, from nothing told to the worst.
public enum Severity {
    UNKNOWN,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    private static final double FROM_CRITICAL = 9;
    private static final double FROM_HIGH = 7;
    private static final double FROM_MEDIUM = 4;

    /// `high`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// By the word of a database; what it says of urgency counts as well.
    static Severity of(String word) {
        return switch (word.strip().toUpperCase(Locale.ROOT)) {
            case "CRITICAL" -> CRITICAL;
            case "HIGH", "IMPORTANT" -> HIGH;
            case "MODERATE", "MEDIUM" -> MEDIUM;
            case "LOW", "NEGLIGIBLE", "UNIMPORTANT" -> LOW;
            case String _ -> UNKNOWN;
        };
    }

    /// By a score of CVSS 3 or 4 ("Qualitative Severity Rating Scale").
    static Severity of(OptionalDouble score) {
        double points = score.orElse(0);
        if (points >= FROM_CRITICAL) {
            return CRITICAL;
        }
        return points >= FROM_HIGH ? HIGH : points >= FROM_MEDIUM ? MEDIUM : points > 0 ? LOW : UNKNOWN;
    }
}
