package dev.johwa.source.compose.tree;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.yaml.Tagged;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a scalar of a compose file is: the rules of the YAML library that Compose uses (go-yaml 4), which differ from
/// YAML 1.2 in numbers with `_`, octal ones with a leading `0`, and dates; `yes` and `on` are texts there too.
final class Scalars {
    private static final Map<String, Object> WORDS = Map.ofEntries(
            Map.entry("true", true),
            Map.entry("True", true),
            Map.entry("TRUE", true),
            Map.entry("false", false),
            Map.entry("False", false),
            Map.entry("FALSE", false),
            Map.entry(".nan", Double.NaN),
            Map.entry(".NaN", Double.NaN),
            Map.entry(".NAN", Double.NaN),
            Map.entry("-0", -0.0),
            Map.entry("-0.0", -0.0));
    private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern INFINITE = Pattern.compile("([-+]?)\\.(inf|Inf|INF)");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})([Tt ])(\\d{1,2}):(\\d{1,2}):"
            + "(\\d{1,2})(\\.\\d{1,9})?(Z|[-+]\\d{2}:\\d{2})?");
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64);
    private static final DateTimeFormatter SHOWN = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    private Scalars() {}

    /// @return a value as [Value.Scalar] holds it
    static @Nullable Object read(Tagged.Scalar scalar) {
        var tag = scalar.tag();
        boolean isOpen = tag.isEmpty() && scalar.isPlain();
        return switch (tag) {
            case "!!int", "!!float", "!!bool", "!!null", "!!timestamp" -> meant(scalar, plain(scalar.text()));
            case "!!binary" -> binary(scalar);
            case String _ -> isOpen ? plain(scalar.text()) : scalar.text();
        };
    }

    private static @Nullable Object meant(Tagged.Scalar scalar, @Nullable Object value) {
        if (scalar.tag().equals("!!float") && value instanceof Long number) {
            return number.doubleValue();
        }
        boolean isMeant = switch (scalar.tag()) {
            case "!!int" -> value instanceof Long || value instanceof BigInteger;
            case "!!float" -> value instanceof Double;
            case "!!bool" -> value instanceof Boolean;
            case "!!null" -> value == null;
            case String _ -> value instanceof Moment;
        };
        if (isMeant) {
            return value;
        }
        throw Problem.user("compose.tag", "'" + scalar.text() + "' is no " + scalar.tag())
                .at(scalar.place())
                .hint("leave the tag out")
                .exception();
    }

    private static String binary(Tagged.Scalar scalar) {
        try {
            var bytes = Base64.getMimeDecoder().decode(scalar.text());
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.user("compose.tag", "this is no base64: " + e.getMessage())
                    .at(scalar.place())
                    .exception();
        }
    }

    private static @Nullable Object plain(String text) {
        if (NOTHING.matcher(text).matches()) {
            return null;
        }
        var word = WORDS.get(text);
        if (word != null) {
            return word;
        }
        var infinite = INFINITE.matcher(text);
        if (infinite.matches()) {
            return infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        char first = text.charAt(0);
        if (first == '.' || first == '+' || first == '-' || first >= '0' && first <= '9') {
            return number(text);
        }
        return text;
    }

    private static Object number(String text) {
        var moment = moment(text);
        if (moment.isPresent()) {
            return moment.get();
        }
        var digits = text.charAt(0) == '.' ? text : text.replace("_", "");
        var integer = integer(digits);
        if (integer.isPresent()) {
            return integer.get();
        }
        if (FLOAT.matcher(digits).matches()) {
            double value = Double.parseDouble(digits);
            return Double.isInfinite(value) ? text : value;
        }
        return text;
    }

    /// As far as 64 bits reach.
    private static Optional<Object> integer(String digits) {
        var found = INTEGER.matcher(digits);
        if (!found.matches()) {
            return Optional.empty();
        }
        int[] bases = {16, 2, 8, 10};
        for (int i = 0; i < bases.length; i++) {
            if (found.group(i + 2) != null) {
                var value = new BigInteger(found.group(i + 2), bases[i]);
                return fitting(found.group(1), value);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> fitting(String sign, BigInteger value) {
        var signed = sign.equals("-") ? value.negate() : value;
        if (signed.bitLength() < Long.SIZE) {
            return Optional.of(signed.longValue());
        }
        boolean isUnsigned = sign.isEmpty() && value.compareTo(LARGEST) < 0;
        return isUnsigned ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Moment> moment(String text) {
        try {
            var date = DATE.matcher(text);
            if (date.matches()) {
                var day = day(date);
                return Optional.of(moment(day.atStartOfDay(), ZoneOffset.UTC));
            }
            var time = TIME.matcher(text);
            boolean isTime = time.matches() && time.group(4).equals(" ") == (time.group(9) == null);
            if (!isTime) {
                return Optional.empty();
            }
            var at = day(time).atTime(number(time, 5), number(time, 6), number(time, 7), nanos(time.group(8)));
            return Optional.of(moment(at, time.group(9) == null ? ZoneOffset.UTC : ZoneOffset.of(time.group(9))));
        } catch (DateTimeException e) {
            // No such day.
            return Optional.empty();
        }
    }

    private static LocalDate day(Matcher found) {
        return LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction.substring(1) + "000000000").substring(0, 9));
    }

    private static Moment moment(LocalDateTime at, ZoneOffset offset) {
        var zone = offset.equals(ZoneOffset.UTC)
                ? "+0000 UTC"
                : offset.getId().replace(":", "") + " " + offset.getId().replace(":", "");
        return new Moment(
                SHOWN.format(at) + " " + zone,
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.of(at, offset)));
    }
}
