package dev.johwa.lib.text;

import java.util.Arrays;

/// Figures as a row of characters, each as high as its value: `▁▁▂▅█`.
public final class Bars {
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

    private Bars() {}

    /// @param values none below 0; the largest is as high as can be, a gap where one is no number
    public static String of(double[] values) {
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        var drawn = new StringBuilder(values.length);
        for (double value : values) {
            if (Double.isFinite(value)) {
                double share = most == 0 ? 0 : Math.max(0, value) / most;
                drawn.append(
                        HEIGHTS.charAt((int) Math.min(HEIGHTS.length() - 1, Math.floor(share * HEIGHTS.length()))));
            } else {
                drawn.append(' ');
            }
        }
        return drawn.toString();
    }
}
