package dev.johwa.source.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations and sizes as people write them.
final class Units {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(Ki|Mi|Gi|k|M|G)?");

    private Units() {}

    /// `30s`, `10m`, `2h`, `7d`, `500ms`.
    static Optional<Duration> duration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case String _ -> Duration.ofDays(count);
                });
    }

    /// `512Mi`, `1G`, or bytes.
    static Optional<Long> size(String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        var unit = match.group(2) == null ? "" : match.group(2);
        return Optional.of(
                switch (unit) {
                    case "Ki" -> count << 10;
                    case "Mi" -> count << 20;
                    case "Gi" -> count << 30;
                    case "k" -> count * 1_000;
                    case "M" -> count * 1_000_000;
                    case "G" -> count * 1_000_000_000;
                    case String _ -> count;
                });
    }

    /// `1`, `0.5`, `500m`.
    static Optional<Double> number(String text) {
        var plain = text.toLowerCase(Locale.ROOT);
        if (plain.matches("\\d{1,6}m")) {
            return Optional.of(Integer.parseInt(plain.substring(0, plain.length() - 1)) / 1000.0);
        }
        return plain.matches("\\d{1,4}(\\.\\d{1,4})?") ? Optional.of(Double.parseDouble(plain)) : Optional.empty();
    }
}
