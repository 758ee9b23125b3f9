package dev.johwa.lib.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What values are of: how they are written, and where a scale has its lines.
public enum Unit {
    PER_SECOND(1, 0),
    PER_MINUTE(1, 0),
    /// A share, 0 to 1, written in percent.
    SHARE(0.01, 0),
    SECONDS(0.1, 0),
    BYTES(64 << 20, 0),
    CORES(0.1, 0),
    COUNT(1, 1);

    /// As many spaces between lines as are still told apart.
    private static final int SPACES = 3;

    private static final double[] NICE = {1, 2, 2.5, 5, 10};

    private final double usual;
    private final double least;

    /// @param usual the top of a scale without values
    /// @param least no space between lines is smaller
    Unit(double usual, double least) {
        this.usual = usual;
        this.least = least;
    }

    /// Where lines are drawn, from 0 to at least the largest value.
    List<Double> scale(double most) {
        double wanted = Math.max(most > 0 ? most : usual, Double.MIN_NORMAL);
        double base = this == BYTES ? power(wanted) : 1;
        double space = Math.max(least, nice(wanted / base / SPACES) * base);
        var lines = new ArrayList<Double>(List.of(0.0));
        while (lines.getLast() < wanted * (1 - 1e-9)) {
            lines.add(lines.size() * space);
        }
        return lines;
    }

    /// The next number at or above it that people count by.
    private static double nice(double value) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
        for (double each : NICE) {
            if (each * magnitude >= value * (1 - 1e-9)) {
                return each * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static double power(double bytes) {
        double power = 1;
        while (bytes / power >= 1024) {
            power *= 1024;
        }
        return power;
    }

    /// What stands behind every number of it, such as ` /s`; empty where that depends on how large it is.
    String suffix() {
        return switch (this) {
            case PER_SECOND -> " /s";
            case PER_MINUTE -> " /min";
            case SHARE -> " %";
            case SECONDS, BYTES, CORES, COUNT -> "";
        };
    }

    /// As a person reads it: `12 /s`, `0.5 %`, `120 ms`, `84 MiB`.
    public String text(double value) {
        return switch (this) {
            case PER_SECOND, PER_MINUTE -> number(value) + suffix();
            case SHARE -> number(value * 100) + suffix();
            case SECONDS -> value == 0 || value >= 1 ? number(value) + " s" : number(value * 1000) + " ms";
            case BYTES -> bytes(value);
            case CORES, COUNT -> number(value);
        };
    }

    private static String bytes(double value) {
        double power = power(value);
        int index = (int) Math.round(Math.log(power) / Math.log(1024));
        return number(value / power) + " "
                + List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB").get(Math.min(5, index));
    }

    /// Three digits that count, without zeros behind them.
    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int digits = (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(value)))));
        var text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
