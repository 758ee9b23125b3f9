package dev.johwa.watch.telemetry.query;

import java.util.Set;

/// Functions of each number alone.
final class Elementwise {
    static final Set<String> NAMES = Set.of("abs", "ceil", "floor", "exp", "ln", "log2", "log10", "sqrt", "sgn");

    private Elementwise() {}

    static double of(String function, double value) {
        return switch (function) {
            case "abs" -> Math.abs(value);
            case "ceil" -> Math.ceil(value);
            case "floor" -> Math.floor(value);
            case "exp" -> Math.exp(value);
            case "ln" -> Math.log(value);
            case "log2" -> Math.log(value) / Math.log(2);
            case "log10" -> Math.log10(value);
            case "sqrt" -> Math.sqrt(value);
            case "sgn" -> Math.signum(value);
            default -> throw new IllegalStateException(function);
        };
    }

    /// To the nearest multiple; of two that are equally near the larger.
    static double rounded(double value, double multiple) {
        double inverse = 1 / multiple;
        return Math.floor(value * inverse + 0.5) / inverse;
    }

    static double within(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
