package dev.johwa.build.pipeline;

import java.util.Locale;

/// Sizes in bytes as people read them.
final class Sizes {
    private Sizes() {}

    static String text(long bytes) {
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
}
