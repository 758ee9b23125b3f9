package dev.johwa.source.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some letters, as Go's regular expressions write them: `[a-z_]`, `[^/]`.
///
/// @param ranges pairs of the first and the last
record LetterSet(boolean isInverted, List<int[]> ranges) {
    static final LetterSet NO_SLASH = new LetterSet(true, List.of(new int[] {'/', '/'}));
    static final LetterSet NO_NEWLINE = new LetterSet(true, List.of(new int[] {'\n', '\n'}));

    static LetterSet of(int letter) {
        return new LetterSet(false, List.of(new int[] {letter, letter}));
    }

    boolean has(int letter) {
        for (var range : ranges) {
            if (letter >= range[0] && letter <= range[1]) {
                return !isInverted;
            }
        }
        return isInverted;
    }

    /// `\d`, `\s` and `\w`, and what is not in them in capitals; null for other letters.
    static @Nullable LetterSet named(int letter) {
        boolean isInverted = letter >= 'A' && letter <= 'Z';
        return switch (Character.toLowerCase(letter)) {
            case 'd' -> new LetterSet(isInverted, pairs("09"));
            case 's' -> new LetterSet(isInverted, pairs("\t\n\f\r  "));
            case 'w' -> new LetterSet(isInverted, pairs("09AZaz__"));
            default -> null;
        };
    }

    private static List<int[]> pairs(String text) {
        var ranges = new ArrayList<int[]>();
        for (int i = 0; i < text.length(); i += 2) {
            ranges.add(new int[] {text.charAt(i), text.charAt(i + 1)});
        }
        return ranges;
    }

    /// The same letters as ranges that are not inverted; its own are in order.
    List<int[]> plain() {
        if (!isInverted) {
            return ranges;
        }
        var others = new ArrayList<int[]>();
        int next = 0;
        for (var range : ranges) {
            others.add(new int[] {next, range[0] - 1});
            next = range[1] + 1;
        }
        others.add(new int[] {next, Character.MAX_CODE_POINT});
        return others;
    }
}
