package dev.johwa.watch.log.outline;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Letters of which one is meant.
///
/// @param ascii those below 128
/// @param others whether any of the other ones may be
record Letters(BitSet ascii, boolean others) {
    static final Letters ALL = new Letters(range(0, 0x7F), true);
    static final Letters DOT = without("\n\r");

    private static final int LONGEST_LETTER = 4;

    static Letters of(char letter) {
        return letter > 0x7F ? new Letters(new BitSet(), true) : new Letters(range(letter, letter), false);
    }

    private static BitSet range(int low, int high) {
        var set = new BitSet();
        set.set(low, high + 1);
        return set;
    }

    private static BitSet set(String letters) {
        var set = new BitSet();
        letters.chars().forEach(set::set);
        return set;
    }

    private static Letters without(String letters) {
        var rest = range(0, 0x7F);
        rest.andNot(set(letters));
        return new Letters(rest, true);
    }

    /// What a backslash and a letter mean; empty where that is not known here.
    static Optional<Letters> escaped(char letter) {
        return switch (letter) {
            case 'd' -> Optional.of(new Letters(digits(), false));
            case 'w' -> Optional.of(new Letters(words(), false));
            case 's' -> Optional.of(new Letters(set(" \t\n\u000B\f\r"), false));
            case 'D' -> Optional.of(negated(digits()));
            case 'W' -> Optional.of(negated(words()));
            case 'S' -> Optional.of(without(" \t\n\u000B\f\r"));
            case 't' -> Optional.of(of('\t'));
            case 'n' -> Optional.of(of('\n'));
            case 'r' -> Optional.of(of('\r'));
            case 'f' -> Optional.of(of('\f'));
            case 'e' -> Optional.of(of('\u001B'));
            default -> Character.isLetterOrDigit(letter) ? Optional.empty() : Optional.of(of(letter));
        };
    }

    private static BitSet digits() {
        return range('0', '9');
    }

    private static BitSet words() {
        var words = digits();
        words.or(range('a', 'z'));
        words.or(range('A', 'Z'));
        words.set('_');
        return words;
    }

    private static Letters negated(BitSet set) {
        set.flip(0, 0x80);
        return new Letters(set, true);
    }

    Outline outline() {
        return outline(false);
    }

    Outline outline(boolean ignoresCase) {
        var one = new Outline.Bytes(ignoresCase ? Outline.bothCases(ascii) : ascii);
        return others
                ? new Outline.Choice(
                        List.of(one, new Outline.Repeat(new Outline.Bytes(range(0x80, 0xFF)), 1, LONGEST_LETTER)))
                : one;
    }
}
