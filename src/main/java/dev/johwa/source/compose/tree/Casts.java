package dev.johwa.source.compose.tree;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts as numbers and truth values, where a key wants one.
public final class Casts {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,30}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");
    private static final Pattern MASK = Pattern.compile("0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*");

    private Casts() {}

    /// @throws ProblemException `compose.cast`
    public static Long integer(String text) {
        try {
            if (INTEGER.matcher(text).matches()) {
                return Long.valueOf(text.startsWith("+") ? text.substring(1) : text);
            }
        } catch (NumberFormatException e) {
            // Too large, told below.
        }
        throw wrong(text, "a whole number");
    }

    /// @throws ProblemException `compose.cast`
    public static Double decimal(String text) {
        var digits = text.replaceAll("(?<=[0-9])_(?=[0-9])", "");
        if (DECIMAL.matcher(digits).matches()) {
            return Double.valueOf(digits);
        }
        throw wrong(text, "a number");
    }

    /// Of a mask for files, which is octal with a leading 0.
    ///
    /// @throws ProblemException `compose.cast`
    public static Long mask(String text) {
        if (MASK.matcher(text).matches()) {
            int start = text.length() > 1 && Character.isLetter(text.charAt(1)) ? 2 : 0;
            int base = switch (text.length() > 1 && text.charAt(0) == '0' ? text.charAt(1) : ' ') {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                case ' ' -> 10;
                default -> 8;
            };
            try {
                long mask = Long.parseLong(text.substring(start), base);
                if (mask <= 0xFFFF_FFFFL) {
                    return mask;
                }
            } catch (NumberFormatException e) {
                // Too large, told below.
            }
        }
        throw wrong(text, "a mask such as 0077");
    }

    /// @throws ProblemException `compose.cast`
    public static Boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "y", "yes", "on" -> true;
            case "false", "n", "no", "off" -> false;
            default -> throw wrong(text, "true or false");
        };
    }

    private static ProblemException wrong(String text, String expected) {
        return Problem.user("compose.cast", "'" + text + "' is not what is wanted here")
                .hint("write " + expected)
                .exception();
    }
}
