package dev.johwa.source.detect.version;

import java.util.Optional;
import java.util.stream.IntStream;

/// Which versions a project asks for, and where it says so.
///
/// @param file that says so
/// @param text as written there
/// @param syntax in whose words
public record Ask(String file, String text, Syntax syntax, Range range) {
    private static final int NEXT = 20;

    /// Empty when the text means no range in that syntax.
    public static Optional<Ask> of(String file, String text, Syntax syntax) {
        return syntax.parse(text).map(range -> new Ask(file, text, syntax, range));
    }

    /// The text as a person says it: what is only a number and means the least one, says so.
    public String words() {
        boolean isLeast = syntax == Syntax.LEAST || syntax == Syntax.JAVA_LEAST;
        return isLeast ? ">=" + text : text;
    }

    public boolean fits(String version) {
        return range.holds(version);
    }

    /// Whether none up to a version suits, and one of the next minor versions would.
    public boolean admitsOnlyNewer(String version) {
        var numbers = version.split("\\.");
        if (numbers.length < 2 || !(numbers[0] + numbers[1]).matches("\\d{2,6}")) {
            return false;
        }
        int minor = Integer.parseInt(numbers[1]);
        return !fits(version)
                && IntStream.range(0, minor).noneMatch(older -> fits(numbers[0] + "." + older + ".0"))
                && IntStream.rangeClosed(minor, minor + NEXT).anyMatch(newer -> fits(numbers[0] + "." + newer + ".99"));
    }
}
