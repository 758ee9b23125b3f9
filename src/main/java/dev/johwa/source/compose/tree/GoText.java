package dev.johwa.source.compose.tree;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Scalars as texts, in the form of Go, in which Compose's own reader is written: `1.5`, `1e+06`, `true`.
public final class GoText {
    private GoText() {}

    /// @param value of a scalar
    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Double number -> number(number, number.toString());
            case Float number -> number(number, number.toString());
            case Moment moment -> moment.text();
            case Object other -> other.toString();
        };
    }

    /// Shortest digits that are read as the same number; an exponent below 1e-4 and from 1e6 on, as with Go's `%v`.
    private static String number(double value, String shortest) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        var digits = new BigDecimal(shortest).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return digits.toPlainString();
        }
        var all = digits.unscaledValue().abs().toString();
        var fraction = all.length() == 1 ? "" : "." + all.substring(1);
        var sign = value < 0 ? "-" : "";
        var power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + all.charAt(0) + fraction + "e" + power;
    }
}
