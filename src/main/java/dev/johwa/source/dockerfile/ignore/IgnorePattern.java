package dev.johwa.source.dockerfile.ignore;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.dockerfile.syntax.Runes;
import java.util.List;
import java.util.Optional;

/// One pattern of an ignore file. `*` and `?` stay within a name, `**` goes over slashes.
///
/// @param text in its shortest form, raw
/// @param isException whether it takes back what others ignore
/// @param flaw what is wrong with it: the matcher tells only when it first looks whether it fits
public record IgnorePattern(String text, boolean isException, Kind kind, Tokens tokens, Optional<Problem> flaw) {
    /// How it is compared. The matcher takes short cuts, and each has its own idea of what fits.
    enum Kind {
        EXACT,
        /// all that begins so
        START,
        /// all that ends so
        END,
        TOKENS,
        /// by nothing
        BROKEN
    }

    /// @param place where it stands
    static IgnorePattern of(String text, boolean isException, Place place) throws BadPattern {
        GlobSyntax.check(text);
        var reading = new Reading(Runes.letters(text));
        reading.all();
        try {
            return new IgnorePattern(text, isException, reading.kind, reading.tokens(), Optional.empty());
        } catch (BadPattern e) {
            var flaw = Optional.of(e.problem(text, place));
            return new IgnorePattern(text, isException, Kind.BROKEN, Tokens.of(List.of()), flaw);
        }
    }

    /// @param path raw, relative
    boolean fits(String path) {
        return switch (kind) {
            case EXACT -> path.equals(text);
            case START -> path.startsWith(text.substring(0, text.length() - 2));
            case END -> {
                var end = text.substring(2);
                yield path.endsWith(end) || end.startsWith("/") && path.equals(end.substring(1));
            }
            case TOKENS -> tokens.fit(Runes.letters(path));
            case BROKEN -> false;
        };
    }

    /// Whether it may fit in any folder, since it is no plain path.
    boolean reachesAnywhere() {
        return withoutTrailingStars().chars().anyMatch(letter -> "*[]?^\\".indexOf(letter) >= 0);
    }

    String withoutTrailingStars() {
        var shorter = text.endsWith("/**") ? text.substring(0, text.length() - 3) : text;
        return shorter.endsWith("/*") ? shorter.substring(0, shorter.length() - 2) : shorter;
    }

    /// Makes an expression of the pattern, as the matcher does, and finds its kind on the way. Much has another meaning
    /// there than in the pattern, above all in brackets.
    private static final class Reading {
        private final int[] letters;
        private final StringBuilder expression = new StringBuilder();
        private Kind kind = Kind.EXACT;
        private int at;

        Reading(int[] letters) {
            this.letters = letters;
        }

        private int peek() {
            return at < letters.length ? letters[at] : -1;
        }

        void all() {
            for (boolean isFirst = true; at < letters.length; isFirst = false) {
                int letter = letters[at++];
                switch (letter) {
                    case '*' -> stars(isFirst);
                    case '?' -> add("[^/]");
                    case '\\' -> escaped();
                    case '[', ']' -> add(Character.toString(letter));
                    case '.', '+', '(', ')', '|', '{', '}', '$' ->
                        expression.append('\\').appendCodePoint(letter);
                    default -> expression.appendCodePoint(letter);
                }
            }
        }

        private void add(String text) {
            expression.append(text);
            kind = Kind.TOKENS;
        }

        private void stars(boolean isFirst) {
            if (peek() != '*') {
                add("[^/]*");
                return;
            }
            at++;
            at += peek() == '/' ? 1 : 0;
            if (peek() >= 0) {
                add("(.*/)?");
            } else if (kind == Kind.EXACT) {
                kind = Kind.START;
            } else {
                add(".*");
            }
            kind = isFirst ? Kind.END : kind;
        }

        private void escaped() {
            expression.append('\\');
            if (peek() >= 0) {
                add(Character.toString(letters[at++]));
            }
        }

        Tokens tokens() throws BadPattern {
            return kind == Kind.TOKENS ? Tokens.of(Expression.read(expression.toString())) : Tokens.of(List.of());
        }
    }
}
