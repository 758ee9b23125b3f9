package dev.johwa.source.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The arrays of JSON that may stand in a statement, as Go's `encoding/json` reads them: a text that is no JSON at all
/// is none, and then it is taken for a shell's; one that holds other things than strings is an error.
final class JsonArray {
    private static final int DEEPEST = 10_000;

    private final String raw;
    private int at;
    private boolean hasOthers;

    private JsonArray(String raw) {
        this.raw = raw;
    }

    /// Empty when the text is no array.
    static Optional<List<String>> read(String raw) throws Refused {
        var trimmed = Runes.trimLeft(raw);
        if (!trimmed.startsWith("[")) {
            return Optional.empty();
        }
        var array = new JsonArray(trimmed);
        try {
            var strings = array.whole();
            if (array.hasOthers) {
                throw new Refused(
                        "json", "an array of JSON here may hold only strings", trimmed, "put each value in quotes");
            }
            return Optional.of(strings);
        } catch (NoJson e) {
            return Optional.empty();
        }
    }

    private static final class NoJson extends Exception {
        NoJson() {
            super(null, null, false, false);
        }
    }

    private List<String> whole() throws NoJson {
        var strings = new ArrayList<String>();
        expect('[');
        if (!isNext(']')) {
            do {
                if (peek() == '"') {
                    strings.add(string());
                } else {
                    hasOthers = true;
                    value();
                }
            } while (isNext(','));
            expect(']');
        }
        space();
        if (at < raw.length()) {
            throw new NoJson();
        }
        return strings;
    }

    /// One that is no string, with all that it holds; by a stack of its own, however deep it is.
    private void value() throws NoJson {
        var open = new StringBuilder();
        do {
            int next = peek();
            if (next == '[' || next == '{') {
                at++;
                open.append((char) next);
                if (open.length() >= DEEPEST) {
                    throw new NoJson();
                }
                if (isNext(next == '[' ? ']' : '}')) {
                    open.setLength(open.length() - 1);
                } else {
                    name(open);
                    continue;
                }
            } else {
                scalar();
            }
            close(open);
        } while (!open.isEmpty());
    }

    /// After a value: what ends here, or the comma before the next.
    private void close(StringBuilder open) throws NoJson {
        while (!open.isEmpty()) {
            if (isNext(',')) {
                name(open);
                return;
            }
            expect(open.charAt(open.length() - 1) == '[' ? ']' : '}');
            open.setLength(open.length() - 1);
        }
    }

    private void name(StringBuilder open) throws NoJson {
        if (open.charAt(open.length() - 1) == '{') {
            string();
            expect(':');
        }
    }

    private void scalar() throws NoJson {
        switch (peek()) {
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void word(String word) throws NoJson {
        if (!raw.startsWith(word, at)) {
            throw new NoJson();
        }
        at += word.length();
    }

    private void number() throws NoJson {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        if (Double.isInfinite(Double.parseDouble(raw.substring(start, at)))) {
            throw new NoJson();
        }
    }

    private void digits() throws NoJson {
        int start = at;
        while (at < raw.length() && raw.charAt(at) >= '0' && raw.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw new NoJson();
        }
    }

    private boolean skip(char letter) {
        boolean isHere = at < raw.length() && raw.charAt(at) == letter;
        at += isHere ? 1 : 0;
        return isHere;
    }

    private String string() throws NoJson {
        expect('"');
        var text = new StringBuilder();
        while (true) {
            if (at >= raw.length() || raw.charAt(at) < 0x20) {
                throw new NoJson();
            }
            char letter = raw.charAt(at++);
            if (letter == '"') {
                return text.toString();
            }
            text.append(letter == '\\' ? escaped() : String.valueOf(letter));
        }
    }

    private String escaped() throws NoJson {
        if (at >= raw.length()) {
            throw new NoJson();
        }
        char letter = raw.charAt(at++);
        return switch (letter) {
            case '"', '\\', '/' -> String.valueOf(letter);
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'u' -> unicode();
            default -> throw new NoJson();
        };
    }

    private String unicode() throws NoJson {
        char first = hex();
        if (Character.isHighSurrogate(first) && raw.startsWith("\\u", at)) {
            int before = at;
            at += 2;
            char second = hex();
            if (Character.isLowSurrogate(second)) {
                return Runes.raw(Character.toCodePoint(first, second));
            }
            at = before;
        }
        return Runes.raw(Character.isSurrogate(first) ? 0xFFFD : first);
    }

    private char hex() throws NoJson {
        if (at + 4 > raw.length()) {
            throw new NoJson();
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = raw.charAt(at) < 0x80 ? Character.digit(raw.charAt(at), 16) : -1;
            if (digit < 0) {
                throw new NoJson();
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private int peek() {
        space();
        return at < raw.length() ? raw.charAt(at) : -1;
    }

    private boolean isNext(int letter) {
        boolean isHere = peek() == letter;
        at += isHere ? 1 : 0;
        return isHere;
    }

    private void expect(int letter) throws NoJson {
        if (!isNext(letter)) {
            throw new NoJson();
        }
    }

    private void space() {
        while (at < raw.length() && " \t\r\n".indexOf(raw.charAt(at)) >= 0) {
            at++;
        }
    }
}
