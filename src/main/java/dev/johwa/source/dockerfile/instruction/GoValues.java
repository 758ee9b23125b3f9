package dev.johwa.source.dockerfile.instruction;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Values as Go's standard library reads them, which is how Dockerfiles are read.
final class GoValues {
    private static final Pattern PART = Pattern.compile("([0-9]*)(?:\\.([0-9]*))?([^0-9.]+)", Pattern.DOTALL);
    private static final BigDecimal HIGHEST = new BigDecimal(Long.MAX_VALUE);
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00C2\u00B5s", 1_000L,
            "\u00CE\u00BCs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,500}");
    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    private GoValues() {}

    /// Such as `1m30s`, `1.5h` or `0`; may be negative.
    static Optional<Duration> duration(String raw) {
        boolean isSigned = raw.startsWith("-") || raw.startsWith("+");
        var text = isSigned ? raw.substring(1) : raw;
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var part = PART.matcher(text);
        var nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            part.region(at, text.length());
            if (!part.lookingAt()) {
                return Optional.empty();
            }
            var unit = UNITS.get(part.group(3));
            var fraction = part.group(2) == null ? "" : part.group(2);
            if (unit == null || part.group(1).isEmpty() && fraction.isEmpty()) {
                return Optional.empty();
            }
            var value = new BigDecimal("0" + part.group(1) + "." + (fraction.isEmpty() ? "0" : fraction));
            nanos = nanos.add(value.multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.DOWN));
            at = part.end();
        }
        if (text.isEmpty() || nanos.compareTo(HIGHEST) > 0) {
            return Optional.empty();
        }
        long amount = nanos.longValueExact();
        return Optional.of(Duration.ofNanos(raw.startsWith("-") ? -amount : amount));
    }

    /// A whole number of 32 bits.
    static OptionalInt number(String raw) {
        if (!NUMBER.matcher(raw).matches()) {
            return OptionalInt.empty();
        }
        var value = new BigDecimal(raw);
        boolean fits = value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                && value.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) >= 0;
        return fits ? OptionalInt.of(value.intValueExact()) : OptionalInt.empty();
    }

    static boolean isTruth(String raw) {
        return YES.contains(raw) || NO.contains(raw);
    }
}
