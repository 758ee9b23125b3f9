package dev.johwa.watch.telemetry.query;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// Cuts a query into words. Source of the form: prometheus.io/docs/prometheus/latest/querying/basics.
final class Lexer {
    private static final List<String> SIGNS = List.of(
            "=~", "!~", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", ",",
            "@");

    private final String text;
    private int at;

    /// What a word is. BRACKETS is all between `[` and `]`.
    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SIGN,
        BRACKETS,
        END
    }

    /// @param at position of its first character
    record Word(Kind kind, String text, int at) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }
    }

    private Lexer(String text) {
        this.text = text;
    }

    static List<Word> words(String text) {
        var lexer = new Lexer(text);
        var words = new ArrayList<Word>();
        do {
            words.add(lexer.next());
        } while (words.getLast().kind() != Kind.END);
        return words;
    }

    private Word next() {
        skip();
        int start = at;
        if (at == text.length()) {
            return new Word(Kind.END, "the end", start);
        }
        char first = text.charAt(at);
        if (first == '"' || first == '\'' || first == '`') {
            return new Word(Kind.TEXT, string(first), start);
        }
        if (isDigit(first) || first == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            return new Word(Kind.NUMBER, number(), start);
        }
        if (isLetter(first)) {
            while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            return new Word(Kind.NAME, text.substring(start, at), start);
        }
        if (first == '[') {
            int end = text.indexOf(']', at);
            if (end < 0) {
                throw problem("a '[' is not closed", start);
            }
            at = end + 1;
            return new Word(Kind.BRACKETS, text.substring(start + 1, end), start);
        }
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Word(Kind.SIGN, sign, start);
            }
        }
        throw problem("'" + first + "' has no meaning here", start);
    }

    private void skip() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private String number() {
        int start = at;
        if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
            at += 2;
            while (at < text.length() && (isDigit(text.charAt(at)) || isLetter(text.charAt(at)))) {
                at++;
            }
            return text.substring(start, at);
        }
        while (at < text.length()) {
            char next = text.charAt(at);
            boolean isExponent = (next == '+' || next == '-')
                    && "eE".indexOf(text.charAt(at - 1)) >= 0
                    && text.substring(start, at - 1).chars().allMatch(c -> isDigit((char) c) || c == '.' || c == '_');
            if (!isDigit(next) && next != '.' && !isLetter(next) && !isExponent || next == ':') {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String string(char quote) {
        int start = at++;
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char next = text.charAt(at++);
            if (next == '\n' && quote != '`') {
                break;
            }
            if (next == '\\' && quote != '`') {
                value.append(escaped());
            } else {
                value.append(next);
            }
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw problem("a string is not closed", start);
        }
        at++;
        return value.toString();
    }

    private String escaped() {
        if (at == text.length()) {
            throw problem("a string is not closed", at);
        }
        char next = text.charAt(at++);
        return switch (next) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            case '\\', '"', '\'' -> String.valueOf(next);
            case 'x' -> coded(2);
            case 'u' -> coded(4);
            case 'U' -> coded(8);
            default -> throw problem("'\\" + next + "' is no escape", at - 2);
        };
    }

    private String coded(int digits) {
        try {
            var code = Integer.parseInt(text.substring(at, at + digits), 16);
            at += digits;
            return Character.toString(code);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.user("query.syntax", (at + 1) + ": an escape needs " + digits + " hex digits"), e);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    }

    static ProblemException problem(String message, int at) {
        return Problem.user("query.syntax", (at + 1) + ": parse error: " + message)
                .exception();
    }
}
