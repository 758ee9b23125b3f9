package dev.johwa.watch.advisory.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Maven's order of versions.
///
/// Source: the POM reference of Maven, "Version Order Specification": tokens with the separator before each, those
/// without meaning trimmed at the end and before each hyphen.
record MavenVersion(List<Token> tokens) implements Version {
    /// The empty one is the release itself; those that are not here come after all of them, by their letters.
    private static final List<String> QUALIFIERS = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    /// @param isHyphen whether a hyphen, or a change between digits and letters, stands before it
    private record Token(boolean isHyphen, String text) {
        boolean isNumber() {
            return Numbers.isNumber(text);
        }

        boolean isNothing() {
            return isNumber() ? Numbers.compare(text, "0") == 0 : text.isEmpty();
        }

        /// A qualifier comes before a number after a hyphen, that before one after a dot.
        int kind() {
            return isNumber() ? (isHyphen ? 1 : 2) : 0;
        }
    }

    static Optional<Version> parse(String text) {
        if (text.chars().noneMatch(Character::isLetterOrDigit) || text.chars().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        return Optional.of(new MavenVersion(trimmed(split(text.toLowerCase(Locale.ROOT)))));
    }

    private static List<Token> split(String text) {
        var tokens = new ArrayList<Token>();
        boolean isHyphen = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean isEnd = i == text.length();
            boolean isSeparator = !isEnd && (text.charAt(i) == '.' || text.charAt(i) == '-');
            boolean isChange = !isEnd
                    && !isSeparator
                    && i > start
                    && Numbers.isDigit(text.charAt(i)) != Numbers.isDigit(text.charAt(i - 1));
            if (isEnd || isSeparator || isChange) {
                boolean isBeforeNumber = isChange && Numbers.isDigit(text.charAt(i));
                var word = meaning(text.substring(start, i), isBeforeNumber);
                // A qualifier says the same after a dot as after a hyphen.
                tokens.add(new Token(isHyphen || !Numbers.isNumber(word), word));
                isHyphen = isChange || (isSeparator && text.charAt(i) == '-');
                start = isSeparator ? i + 1 : i;
            }
        }
        return tokens;
    }

    private static String meaning(String word, boolean isBeforeNumber) {
        return switch (word) {
            case "" -> "0";
            case "a" -> isBeforeNumber ? "alpha" : word;
            case "b" -> isBeforeNumber ? "beta" : word;
            case "m" -> isBeforeNumber ? "milestone" : word;
            case "cr" -> "rc";
            case "ga", "final", "release" -> "";
            case String _ -> word;
        };
    }

    private static List<Token> trimmed(List<Token> tokens) {
        for (int i = tokens.size() - 1; i > 0; i--) {
            boolean isLast = i == tokens.size() - 1 || tokens.get(i + 1).isHyphen();
            if (isLast && tokens.get(i).isNothing()) {
                tokens.remove(i);
            }
        }
        return List.copyOf(tokens);
    }

    static int compare(MavenVersion one, MavenVersion other) {
        int most = Math.max(one.tokens.size(), other.tokens.size());
        for (int i = 0; i < most; i++) {
            var left = i < one.tokens.size() ? one.tokens.get(i) : nothing(other.tokens.get(i));
            var right = i < other.tokens.size() ? other.tokens.get(i) : nothing(one.tokens.get(i));
            int order = token(left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// What stands for a token that is missing.
    private static Token nothing(Token beside) {
        return new Token(beside.isHyphen(), beside.isNumber() && !beside.isHyphen() ? "0" : "");
    }

    private static int token(Token one, Token other) {
        if (one.kind() != other.kind()) {
            return Integer.compare(one.kind(), other.kind());
        }
        if (one.isNumber()) {
            return Numbers.compare(one.text, other.text);
        }
        int order = Integer.compare(rank(one.text), rank(other.text));
        return order != 0 ? order : one.text.compareTo(other.text);
    }

    private static int rank(String qualifier) {
        int known = QUALIFIERS.indexOf(qualifier);
        return known < 0 ? QUALIFIERS.size() : known;
    }
}
