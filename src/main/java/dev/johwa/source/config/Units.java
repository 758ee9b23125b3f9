package dev.johwa.source.config;

import dev.johwa.lib.text.Sizes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Durations, sizes and numbers as people write them.
final class Units {
    private static final List<String> SIZES = List.of("Gi", "Mi", "Ki");

    private Units() {}

    /// `30s`, `10m`, `2h`, `7d`, `500ms`.
    static Optional<Duration> duration(String text) {
        if (!Form.DURATION.fits(text)) {
            return Optional.empty();
        }
        var unit = text.replaceFirst("\\d+", "");
        long count = Long.parseLong(text.substring(0, text.length() - unit.length()));
        return Optional.of(
                switch (unit) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case String _ -> Duration.ofDays(count);
                });
    }

    /// `512Mi`, `1G`, or bytes.
    static Optional<Long> size(String text) {
        return Form.SIZE.fits(text) ? Sizes.read(text) : Optional.empty();
    }

    /// `1`, `0.5`, `500m`.
    static Optional<Double> number(String text) {
        if (!Form.NUMBER.fits(text)) {
            return Optional.empty();
        }
        return Optional.of(
                text.endsWith("m")
                        ? Integer.parseInt(text.substring(0, text.length() - 1)) / 1000.0
                        : Double.parseDouble(text));
    }

    /// `99.9`.
    static Optional<Double> share(String text) {
        return Form.SHARE.fits(text) ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }

    /// The shortest text that is read as this duration again.
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds > 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds > 0 && seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /// The shortest text that is read as this size again.
    static String size(long bytes) {
        for (int i = 0; i < SIZES.size(); i++) {
            long unit = 1L << (30 - 10 * i);
            if (bytes % unit == 0) {
                return bytes / unit + SIZES.get(i);
            }
        }
        return Long.toString(bytes);
    }
}
