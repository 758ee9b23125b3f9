package dev.johwa.watch.telemetry;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Numbers and lengths of time as Prometheus writes them.
public final class Numbers {
    private static final Pattern LENGTH =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] MILLIS = {
        365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
    };
    private static final double MOST = 1e15;

    private Numbers() {}

    /// Milliseconds of `1h30m`, or of seconds as a plain number.
    public static OptionalLong length(String text) {
        var match = LENGTH.matcher(text);
        if (!text.isEmpty() && match.matches()) {
            try {
                long sum = 0;
                for (int i = 0; i < MILLIS.length; i++) {
                    if (match.group(i + 1) != null) {
                        sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(match.group(i + 1)), MILLIS[i]));
                    }
                }
                return OptionalLong.of(sum);
            } catch (ArithmeticException | NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        var plain = plain(text);
        return plain.isPresent() && Math.abs(plain.getAsDouble()) < MOST
                ? OptionalLong.of(Math.round(plain.getAsDouble() * 1000))
                : OptionalLong.empty();
    }

    /// A number, also one that is written as a length of time, in seconds then.
    public static OptionalDouble number(String text) {
        var plain = plain(text);
        if (plain.isPresent()) {
            return plain;
        }
        var length = length(text);
        return length.isPresent() ? OptionalDouble.of(length.getAsLong() / 1000.0) : OptionalDouble.empty();
    }

    private static OptionalDouble plain(String written) {
        var text = written.replace("_", "");
        try {
            if (text.toLowerCase(Locale.ROOT).startsWith("0x")) {
                return OptionalDouble.of(Long.parseLong(text.substring(2), 16));
            }
            // Java takes letters at the end of a number for its kind.
            return text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
                    ? OptionalDouble.of(Double.parseDouble(text))
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /// A value as it stands in an answer.
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < MOST) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /// The upper bound of a bucket.
    public static OptionalDouble bound(String text) {
        return switch (text) {
            case "+Inf", "Inf", "inf", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf", "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> plain(text);
        };
    }
}
