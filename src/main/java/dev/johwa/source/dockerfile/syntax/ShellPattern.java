package dev.johwa.source.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;

/// A pattern of `${name#pattern}` and its like: `*` is anything, `?` a letter; neither goes over the end of a line.
final class ShellPattern {
    private static final int ANY = -2;
    private static final int ONE = -3;
    private static final long MOST_WORK = 20_000_000;
    private static final int MOST_LETTERS = 2 << 20;

    private final List<Integer> tokens;

    private ShellPattern(List<Integer> tokens) {
        this.tokens = tokens;
    }

    static ShellPattern read(String text) throws Refused {
        var tokens = new ArrayList<Integer>();
        var letters = text.codePoints().toArray();
        for (int at = 0; at < letters.length; at++) {
            int letter = letters[at];
            if (letter == '*') {
                tokens.add(ANY);
            } else if (letter == '?') {
                tokens.add(ONE);
            } else if (letter == '\\') {
                int next = at + 1 < letters.length ? letters[at + 1] : 0;
                // These two are escaped for the braces' sake; the pattern has them without.
                if (next != '}' && next != '/') {
                    if (next != '*' && next != '?' && next != '\\') {
                        throw new Refused("expansion", "a pattern escapes only * ? \\ } and /", null);
                    }
                    tokens.add(next);
                    at++;
                }
            } else {
                tokens.add(letter);
            }
        }
        return new ShellPattern(tokens);
    }

    /// The same for the end of a text, which is looked at from behind.
    static ShellPattern backwards(String text) throws Refused {
        var letters = text.codePoints().toArray();
        var turned = new int[letters.length];
        int last = letters.length - 1;
        for (int i = 0; i <= last; i++) {
            if (letters[i] == '\\' && i != last) {
                turned[last - i - 1] = letters[i];
                turned[last - i] = letters[i + 1];
                i++;
            } else {
                turned[last - i] = letters[i];
            }
        }
        return read(new String(turned, 0, turned.length));
    }

    String withoutStart(String value, boolean isLongest) throws Refused {
        var letters = value.codePoints().toArray();
        int end = end(letters, 0, isLongest);
        return end < 0 ? value : new String(letters, end, letters.length - end);
    }

    String withoutEnd(String value, boolean isLongest) throws Refused {
        var turned = new StringBuilder(value).reverse().toString();
        return new StringBuilder(withoutStart(turned, isLongest)).reverse().toString();
    }

    String replace(String value, String replacement, boolean all) throws Refused {
        var letters = value.codePoints().toArray();
        if ((long) letters.length * letters.length * Math.max(1, tokens.size()) > MOST_WORK) {
            throw tooMuch();
        }
        var result = new StringBuilder();
        int at = 0;
        boolean isDone = false;
        int lastEnd = -1;
        while (at <= letters.length) {
            int end = isDone ? -1 : end(letters, at, true);
            // One that is empty does not follow at once upon another, as Go has it.
            if (end > at || end == at && lastEnd != at) {
                result.append(replacement);
                if (result.length() > MOST_LETTERS) {
                    throw tooMuch();
                }
                isDone = !all;
                lastEnd = end;
            }
            if (end > at) {
                at = end;
            } else {
                if (at < letters.length) {
                    result.appendCodePoint(letters[at]);
                }
                at++;
            }
        }
        return result.toString();
    }

    /// Where a match that begins here ends; -1 when none does.
    private int end(int[] letters, int start, boolean isLongest) throws Refused {
        if ((long) (letters.length - start) * Math.max(1, tokens.size()) > MOST_WORK) {
            throw tooMuch();
        }
        var reached = new boolean[tokens.size() + 1];
        reached[0] = true;
        spread(reached);
        int end = -1;
        for (int at = start; ; at++) {
            if (reached[tokens.size()]) {
                end = at;
                if (!isLongest) {
                    return end;
                }
            }
            if (at == letters.length || !advance(reached, letters[at])) {
                return end;
            }
        }
    }

    /// Past those that need no letter.
    private void spread(boolean[] reached) {
        for (int i = 0; i < tokens.size(); i++) {
            if (reached[i] && tokens.get(i) == ANY) {
                reached[i + 1] = true;
            }
        }
    }

    private boolean advance(boolean[] reached, int letter) {
        boolean isAny = false;
        for (int i = tokens.size(); i >= 0; i--) {
            boolean stays = i < tokens.size() && reached[i] && tokens.get(i) == ANY && letter != '\n';
            boolean comes = i > 0 && reached[i - 1] && takes(tokens.get(i - 1), letter);
            reached[i] = stays || comes;
            isAny |= reached[i];
        }
        spread(reached);
        return isAny;
    }

    private static boolean takes(int token, int letter) {
        return token == letter || token == ONE && letter != '\n';
    }

    private static Refused tooMuch() {
        return new Refused("expansion", "the pattern is too long for the value", null);
    }
}
