package dev.johwa.source.dockerfile.ignore;

import java.util.BitSet;
import java.util.List;

/// A pattern in pieces, compared with a path in time that grows with both, whatever they are.
record Tokens(List<Token> all) {
    sealed interface Token {}

    /// One letter of these.
    record Letters(LetterSet set) implements Token {}

    /// Any number of these.
    record Many(LetterSet set) implements Token {}

    /// `**` in the midst: nothing, or anything up to a slash.
    record Folders() implements Token {}

    /// Nothing, at some place only.
    record Edge(Side side) implements Token {}

    enum Side {
        START,
        END,
        WORD,
        NO_WORD
    }

    private static final LetterSet WORD = new LetterSet(
            false, List.of(new int[] {'0', '9'}, new int[] {'A', 'Z'}, new int[] {'_', '_'}, new int[] {'a', 'z'}));

    static Tokens of(List<Token> all) {
        return new Tokens(List.copyOf(all));
    }

    /// What `\` and a letter mean to the matcher: the pattern becomes an expression with both in it.
    static Token escaped(int letter) throws BadPattern {
        return switch (letter) {
            case 'A' -> new Edge(Side.START);
            case 'z' -> new Edge(Side.END);
            case 'b' -> new Edge(Side.WORD);
            case 'B' -> new Edge(Side.NO_WORD);
            default -> {
                var named = LetterSet.named(letter);
                yield new Letters(named == null ? LetterSet.of(plain(letter)) : named);
            }
        };
    }

    /// The letter that `\` and this one stand for.
    static int plain(int letter) throws BadPattern {
        return switch (letter) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> {
                boolean isSign = letter < 0x80 && !Character.isLetterOrDigit(letter);
                if (!isSign) {
                    throw new BadPattern(
                            "'\\" + Character.toString(letter) + "' has no meaning", "write the letter without \\");
                }
                yield letter;
            }
        };
    }

    /// Whether the whole path fits. State 2 × i: before the token i; 2 × i + 1: within a [Folders] that has begun.
    boolean fit(int[] letters) {
        var states = new BitSet();
        states.set(0);
        spread(states, letters, 0);
        for (int at = 0; at < letters.length && !states.isEmpty(); at++) {
            var next = new BitSet();
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                if (state / 2 < all.size()) {
                    advance(state, letters[at], next);
                }
            }
            spread(next, letters, at + 1);
            states = next;
        }
        return states.get(2 * all.size());
    }

    private void advance(int state, int letter, BitSet next) {
        int token = state / 2;
        switch (all.get(token)) {
            case Letters(LetterSet set) when set.has(letter) -> next.set(2 * (token + 1));
            case Many(LetterSet set) when set.has(letter) -> next.set(state);
            case Folders() -> {
                if (letter != '\n') {
                    next.set(2 * token + 1);
                }
                if (letter == '/') {
                    next.set(2 * (token + 1));
                }
            }
            case Letters _, Many _, Edge _ -> {
                // Ends here.
            }
        }
    }

    /// Over the tokens that may be nothing.
    private void spread(BitSet states, int[] letters, int at) {
        for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
            int token = state / 2;
            if (state % 2 == 0 && token < all.size() && mayBeNothing(all.get(token), letters, at)) {
                states.set(2 * (token + 1));
            }
        }
    }

    private static boolean mayBeNothing(Token token, int[] letters, int at) {
        return switch (token) {
            case Letters _ -> false;
            case Many _, Folders _ -> true;
            case Edge(Side side) ->
                switch (side) {
                    case START -> at == 0;
                    case END -> at == letters.length;
                    case WORD -> isWord(letters, at - 1) != isWord(letters, at);
                    case NO_WORD -> isWord(letters, at - 1) == isWord(letters, at);
                };
        };
    }

    private static boolean isWord(int[] letters, int at) {
        return at >= 0 && at < letters.length && WORD.has(letters[at]);
    }
}
