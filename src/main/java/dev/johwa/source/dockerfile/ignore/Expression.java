package dev.johwa.source.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the regular expressions that the matcher makes of patterns, as Go reads them; of their language only what can
/// come of a pattern.
final class Expression {
    private final int[] letters;
    private final List<Tokens.Token> tokens = new ArrayList<>();
    private int at;

    private Expression(int[] letters) {
        this.letters = letters;
    }

    static List<Tokens.Token> read(String text) throws BadPattern {
        var expression = new Expression(text.codePoints().toArray());
        while (expression.at < expression.letters.length) {
            expression.token();
        }
        return expression.tokens;
    }

    private boolean isNext(String text) {
        var wanted = text.codePoints().toArray();
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= letters.length || letters[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean takes(String text) {
        boolean isHere = isNext(text);
        at += isHere ? text.length() : 0;
        return isHere;
    }

    private void token() throws BadPattern {
        if (takes("(.*/)?")) {
            tokens.add(new Tokens.Folders());
        } else if (takes(".*")) {
            tokens.add(new Tokens.Many(LetterSet.NO_NEWLINE));
        } else if (takes("^")) {
            tokens.add(new Tokens.Edge(Tokens.Side.START));
        } else if (takes("[")) {
            var set = new LetterSet(takes("^"), ranges());
            tokens.add(takes("*") ? new Tokens.Many(set) : new Tokens.Letters(set));
        } else if (takes("\\")) {
            tokens.add(Tokens.escaped(escaped()));
        } else {
            tokens.add(new Tokens.Letters(LetterSet.of(letters[at++])));
        }
    }

    private int escaped() throws BadPattern {
        if (at == letters.length) {
            throw new BadPattern("a \\ at the end escapes nothing", "take it out");
        }
        return letters[at++];
    }

    /// What stands in brackets, and the end of them.
    private List<int[]> ranges() throws BadPattern {
        var ranges = new ArrayList<int[]>();
        for (boolean isFirst = true; isFirst || !isNext("]"); isFirst = false) {
            if (at >= letters.length) {
                throw new BadPattern("a [ is not closed", "close it by ]");
            }
            if (isNext("[:")) {
                throw new BadPattern("[: :] is not known here", "write the letters themselves");
            }
            var named = isNext("\\") && at + 1 < letters.length ? LetterSet.named(letters[at + 1]) : null;
            if (named == null) {
                ranges.add(range());
            } else {
                at += 2;
                ranges.addAll(named.plain());
            }
        }
        at++;
        return ranges;
    }

    private int[] range() throws BadPattern {
        int first = letter();
        int last = first;
        if (isNext("-") && at + 1 < letters.length && letters[at + 1] != ']') {
            at++;
            last = letter();
        }
        if (last < first) {
            throw new BadPattern(
                    String.format(Locale.ROOT, "%c-%c ends before it begins", first, last), "turn it round");
        }
        return new int[] {first, last};
    }

    private int letter() throws BadPattern {
        if (at >= letters.length) {
            throw new BadPattern("a [ is not closed", "close it by ]");
        }
        int letter = letters[at++];
        return letter == '\\' ? Tokens.plain(escaped()) : letter;
    }
}
