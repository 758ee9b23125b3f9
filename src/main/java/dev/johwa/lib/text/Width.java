package dev.johwa.lib.text;

/// How many columns of a terminal letters take: two what East Asia writes wide and pictures, none what joins the letter
/// before it. Source: Unicode's annex 11, in its large blocks.
public final class Width {
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF01, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };

    private Width() {}

    /// Of a text without escape sequences.
    public static int of(String text) {
        return text.codePoints().map(Width::of).sum();
    }

    /// As much of a text as there is room for; what was cut off ends with a sign of it.
    ///
    /// @param room columns
    public static String cut(String text, int room) {
        if (of(text) <= room) {
            return text;
        }
        var kept = new StringBuilder();
        int used = 0;
        for (int letter : text.codePoints().toArray()) {
            used += of(letter);
            if (used > room - 1) {
                break;
            }
            kept.appendCodePoint(letter);
        }
        return kept.isEmpty() ? "" : kept.append('…').toString();
    }

    /// Beginning and end of a text, as much as there is room for, with a sign between them of what was left out.
    ///
    /// @param room columns
    public static String middle(String text, int room) {
        if (of(text) <= room) {
            return text;
        }
        var head = cut(text, room / 2 + 1);
        int left = room - of(head);
        int from = text.length();
        while (from > 0) {
            int before = text.offsetByCodePoints(from, -1);
            if (of(text.substring(before)) > left) {
                break;
            }
            from = before;
        }
        return head + text.substring(from);
    }

    private static int of(int letter) {
        if (letter < WIDE[0][0]) {
            return isJoined(letter) ? 0 : 1;
        }
        for (var block : WIDE) {
            if (letter <= block[1]) {
                return letter >= block[0] ? 2 : isJoined(letter) ? 0 : 1;
            }
        }
        return 1;
    }

    /// Marks over letters, and the vowels and last consonants of Hangul that is written apart.
    private static boolean isJoined(int letter) {
        int type = Character.getType(letter);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || 0x1160 <= letter && letter <= 0x11FF;
    }
}
