package dev.johwa.source.dockerfile.syntax;

import dev.johwa.lib.text.RawNames;
import java.util.Arrays;

/// Letters in raw bytes, as Go sees them: bytes that are no UTF-8 are letters of their own, each a `U+FFFD`.
public final class Runes {
    private static final int UNKNOWN = 0xFFFD;

    private Runes() {}

    /// The letter that begins at this byte.
    static int at(String raw, int at) {
        int width = width(raw, at);
        int first = raw.charAt(at);
        if (width == 1) {
            return first < 0x80 ? first : UNKNOWN;
        }
        int letter = first & (0x7F >> width);
        for (int i = 1; i < width; i++) {
            letter = letter << 6 | raw.charAt(at + i) & 0x3F;
        }
        return letter;
    }

    /// Bytes of the letter that begins here, 1 where it is none.
    public static int width(String raw, int at) {
        int first = raw.charAt(at);
        int width = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1;
        if (width == 1 || at + width > raw.length()) {
            return 1;
        }
        int second = raw.charAt(at + 1);
        // Neither longer than need be, nor halves of pairs, nor beyond the last letter.
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 1;
        }
        for (int i = 2; i < width; i++) {
            if (raw.charAt(at + i) < 0x80 || raw.charAt(at + i) > 0xBF) {
                return 1;
            }
        }
        return width;
    }

    /// What Go's `unicode.IsSpace` says.
    static boolean isSpace(int letter) {
        return switch (letter) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> letter >= 0x2000 && letter <= 0x200A;
        };
    }

    static String trimLeft(String raw) {
        int at = 0;
        while (at < raw.length() && isSpace(at(raw, at))) {
            at += width(raw, at);
        }
        return raw.substring(at);
    }

    /// Without space before and behind it.
    public static String trim(String raw) {
        var text = trimLeft(raw);
        int end = text.length();
        while (end > 0) {
            int start = lastStart(text, end);
            if (!isSpace(at(text, start))) {
                break;
            }
            end = start;
        }
        return text.substring(0, end);
    }

    private static int lastStart(String raw, int end) {
        for (int start = end - 1; start >= Math.max(0, end - 4); start--) {
            int letter = raw.charAt(start);
            boolean begins = letter < 0x80 || letter > 0xBF;
            if (begins) {
                return start + width(raw, start) == end ? start : end - 1;
            }
        }
        return end - 1;
    }

    /// The letters of raw bytes.
    public static int[] letters(String raw) {
        var letters = new int[raw.length()];
        int count = 0;
        for (int at = 0; at < raw.length(); at += width(raw, at)) {
            letters[count++] = at(raw, at);
        }
        return Arrays.copyOf(letters, count);
    }

    /// The bytes of a letter.
    static String raw(int letter) {
        return RawNames.ofText(Character.toString(letter));
    }

    /// In small letters, each by itself.
    public static String lower(String raw) {
        var lower = new StringBuilder(raw.length());
        for (int letter : letters(raw)) {
            lower.appendCodePoint(Character.toLowerCase(letter));
        }
        return RawNames.ofText(lower.toString());
    }

    static String withoutTabs(String raw) {
        int at = 0;
        while (at < raw.length() && raw.charAt(at) == '\t') {
            at++;
        }
        return raw.substring(at);
    }

    static String withoutNewline(String raw) {
        int end = raw.length();
        while (end > 0 && (raw.charAt(end - 1) == '\n' || raw.charAt(end - 1) == '\r')) {
            end--;
        }
        return raw.substring(0, end);
    }
}
