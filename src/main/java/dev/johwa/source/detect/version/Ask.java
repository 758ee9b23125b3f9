package dev.johwa.source.detect.version;

import java.util.Optional;

/// Which versions a project asks for, and where it says so.
///
/// @param file that says so
/// @param text as written there
/// @param syntax in whose words
public record Ask(String file, String text, Syntax syntax, Range range) {
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
}
