package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Sizes and times of compose files.
public final class Amounts {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,19}");
    private static final Pattern SIZE = Pattern.compile(
            "(\\+?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?) ?(?:([kmgtp])(?:i?b)?|b)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMES =
            Pattern.compile("[-+]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d|w))+)");
    private static final Pattern TIME = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([a-zµμ]+)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L,
            "w", 604_800_000_000_000L);
    private static final int LONGEST = 100;

    private Amounts() {}

    /// @return bytes of `512m`, `1.5gb`, `2GiB` or `-1`
    /// @throws ProblemException `compose.size`
    public static long bytes(String text) {
        var size = SIZE.matcher(text.length() > LONGEST ? "" : text.replaceAll("(?<=\\d)_(?=\\d)", ""));
        try {
            if (INTEGER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
            if (size.matches()) {
                double value = Double.parseDouble(size.group(1));
                return (long) (size.group(2) == null ? value : value * multiple(size.group(2)));
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Problem.user("compose.size", "'" + text + "' is no size")
                .hint("write a size such as 512m or 1.5g")
                .exception();
    }

    private static double multiple(String unit) {
        return Math.pow(1024, 1 + "kmgtp".indexOf(unit.toLowerCase(Locale.ROOT)));
    }

    /// @return nanoseconds of `1m30s`, `1.5h` or `2d`
    /// @throws ProblemException `compose.duration`
    public static long nanos(String text) {
        if (text.length() <= LONGEST && TIMES.matcher(text).matches()) {
            var sum = BigDecimal.ZERO;
            var time = TIME.matcher(text);
            while (time.find()) {
                sum = sum.add(part(time.group(1), UNITS.getOrDefault(time.group(2), 0L)));
            }
            if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return text.startsWith("-") ? -sum.longValue() : sum.longValue();
            }
        }
        throw Problem.user("compose.duration", "'" + text + "' is no time")
                .hint("write a time such as 30s or 1m30s")
                .exception();
    }

    private static BigDecimal part(String count, long unit) {
        var padded = (count.startsWith(".") ? "0" : "") + count + (count.endsWith(".") ? "0" : "");
        return new BigDecimal(padded).multiply(BigDecimal.valueOf(unit)).setScale(0, RoundingMode.DOWN);
    }

    /// `1h0m0s`, `1m30s`, `1.5s`, `100ms`: the form in which Compose writes times.
    public static String time(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        var all = BigDecimal.valueOf(nanos).abs();
        var sign = nanos < 0 ? "-" : "";
        if (all.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
            int shift = all.precision() <= 3 ? 0 : all.precision() <= 6 ? 3 : 6;
            var unit = shift == 0 ? "ns" : shift == 3 ? "µs" : "ms";
            return sign + plain(all.movePointLeft(shift)) + unit;
        }
        long seconds = all.movePointLeft(9).longValue();
        var rest = plain(all.movePointLeft(9).subtract(BigDecimal.valueOf(seconds / 60 * 60)));
        long minutes = seconds / 60;
        var hours = minutes >= 60 ? minutes / 60 + "h" : "";
        return sign + hours + (minutes > 0 ? minutes % 60 + "m" : "") + rest + "s";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
