package dev.johwa.lib.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Sizes in bytes as people read and write them.
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("\\d{1,9}(Ki|Mi|Gi|k|M|G)|\\d{1,6}Ti|\\d{1,15}");

    private Sizes() {}

    /// `980 B`, `1.2 kB`, `34 MB`.
    public static String text(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1000) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, "kMGT".charAt(unit));
    }

    /// The same of memory, which people give in powers of two: `84 MiB`, `1.2 GiB`.
    public static String memory(long bytes) {
        double value = bytes / (double) (1 << 20);
        var unit = value < 1024 ? "MiB" : "GiB";
        value = value < 1024 ? value : value / 1024;
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f %s" : "%.0f %s", value, unit);
    }

    /// `500Mi`, `20Gi`, `1G`, or bytes; empty when it is none.
    public static Optional<Long> read(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        var unit = text.replaceFirst("\\d+", "");
        long count = Long.parseLong(text.substring(0, text.length() - unit.length()));
        return Optional.of(
                switch (unit) {
                    case "Ki" -> count << 10;
                    case "Mi" -> count << 20;
                    case "Gi" -> count << 30;
                    case "Ti" -> count << 40;
                    case "k" -> count * 1_000;
                    case "M" -> count * 1_000_000;
                    case "G" -> count * 1_000_000_000;
                    case String _ -> count;
                });
    }
}
