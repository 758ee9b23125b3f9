package dev.johwa.watch.log.outline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the outline of a regular expression of Java. What stands for a place only (`^`, `\b`, what must follow) is
/// left out, what is not known here is any byte: so the outline finds more, never less.
public final class OutlineReader {
    private static final String IGNORES_CASE = "(?i)";
    private static final int LARGEST = 1000;
    private static final String PLACES = "bBAZzG";

    private final String regex;
    private final boolean ignoresCase;
    private int at;

    private OutlineReader(String regex, boolean ignoresCase, int start) {
        this.regex = regex;
        this.ignoresCase = ignoresCase;
        this.at = start;
    }

    /// Thrown where it is too much to say; never leaves this class.
    private static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown() {
            super("", null, false, false);
        }
    }

    /// Empty where nothing can be said.
    public static Optional<Outline> read(Pattern pattern) {
        boolean ignoresCase = pattern.pattern().startsWith(IGNORES_CASE);
        if (pattern.flags() != 0 && !(ignoresCase && pattern.flags() == Pattern.CASE_INSENSITIVE)) {
            return Optional.empty();
        }
        try {
            var reader = new OutlineReader(pattern.pattern(), ignoresCase, ignoresCase ? IGNORES_CASE.length() : 0);
            return Optional.of(reader.choice())
                    .filter(all -> reader.at == reader.regex.length() && all.size() <= LARGEST);
        } catch (Unknown e) {
            return Optional.empty();
        }
    }

    private boolean is(char expected) {
        return at < regex.length() && regex.charAt(at) == expected;
    }

    private boolean takes(String expected) {
        boolean isThere = regex.startsWith(expected, at);
        at += isThere ? expected.length() : 0;
        return isThere;
    }

    private char next() {
        if (at >= regex.length()) {
            throw new Unknown();
        }
        return regex.charAt(at++);
    }

    private Outline choice() {
        var options = new ArrayList<Outline>(List.of(sequence()));
        while (takes("|")) {
            options.add(sequence());
        }
        return options.size() == 1 ? options.getFirst() : new Outline.Choice(options);
    }

    private Outline sequence() {
        var parts = new ArrayList<Outline>();
        while (at < regex.length() && !is('|') && !is(')')) {
            parts.add(repeated(single()));
        }
        return new Outline.Sequence(parts);
    }

    private Outline repeated(Outline part) {
        var all = part;
        while (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            all = switch (next()) {
                case '*' -> new Outline.Repeat(all, 0, Outline.Repeat.EVER);
                case '+' -> new Outline.Repeat(all, 1, Outline.Repeat.EVER);
                case '?' -> new Outline.Repeat(all, 0, 1);
                default -> counted(all);
            };
            if (is('?') || is('+')) {
                // As little or as much as possible: the same bytes.
                at++;
            }
        }
        return all;
    }

    private Outline counted(Outline part) {
        int end = regex.indexOf('}', at);
        var numbers = (end < 0 ? "" : regex.substring(at, end)).split(",", -1);
        at = end + 1;
        try {
            int least = Integer.parseInt(numbers[0]);
            int most = numbers.length == 1
                    ? least
                    : numbers[1].isEmpty() ? Outline.Repeat.EVER : Integer.parseInt(numbers[1]);
            return new Outline.Repeat(part, least, most);
        } catch (NumberFormatException e) {
            throw new Unknown();
        }
    }

    private Outline single() {
        char here = next();
        return switch (here) {
            case '(' -> group();
            case '[' -> letters().outline();
            case '.' -> Letters.DOT.outline();
            case '^', '$' -> Outline.NOTHING;
            case '\\' -> escaped();
            default -> plain(at - 1);
        };
    }

    private Outline plain(int start) {
        int letter = regex.codePointAt(start);
        at = start + Character.charCount(letter);
        return Outline.text(Character.toString(letter), ignoresCase);
    }

    private Outline group() {
        boolean isPlace = false;
        if (takes("?")) {
            isPlace = takes("=") || takes("!") || takes("<=") || takes("<!");
            if (!isPlace && !takes(":") && !takes(">")) {
                name();
            }
        }
        var within = choice();
        if (!takes(")")) {
            throw new Unknown();
        }
        return isPlace ? Outline.NOTHING : within;
    }

    private void name() {
        int end = regex.indexOf('>', at);
        if (!takes("<") || end < 0) {
            throw new Unknown();
        }
        at = end + 1;
    }

    private Outline escaped() {
        char letter = next();
        if (PLACES.indexOf(letter) >= 0) {
            return Outline.NOTHING;
        }
        if (letter == 'Q') {
            return quoted();
        }
        if (letter >= '1' && letter <= '9') {
            while (at < regex.length() && Character.isDigit(regex.charAt(at))) {
                at++;
            }
            return new Outline.Repeat(Letters.ALL.outline(), 0, Outline.Repeat.EVER);
        }
        if (letter == 'p' || letter == 'P') {
            property();
            return Letters.ALL.outline();
        }
        if (letter > 0x7F) {
            return plain(at - 1);
        }
        return Letters.escaped(letter)
                .map(letters -> letters.outline(ignoresCase))
                .orElseThrow(Unknown::new);
    }

    private void property() {
        if (next() == '{') {
            int end = regex.indexOf('}', at);
            if (end < 0) {
                throw new Unknown();
            }
            at = end + 1;
        }
    }

    private Outline quoted() {
        int end = regex.indexOf("\\E", at);
        if (end < 0) {
            throw new Unknown();
        }
        var text = regex.substring(at, end);
        at = end + 2;
        if (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            // It is about the last letter only.
            throw new Unknown();
        }
        return Outline.text(text, ignoresCase);
    }

    private Letters letters() {
        boolean isNegated = takes("^");
        var set = new BitSet();
        boolean hasOthers = false;
        boolean isFirst = true;
        while (isFirst || !is(']')) {
            if (is('[') || is('&') || isFirst && is(']')) {
                throw new Unknown();
            }
            isFirst = false;
            var low = letter();
            var all = is('-') && at + 1 < regex.length() && regex.charAt(at + 1) != ']' ? range(low) : low;
            set.or(all.ascii());
            hasOthers |= all.others();
        }
        at++;
        if (isNegated) {
            set.flip(0, 0x80);
            return new Letters(set, true);
        }
        return new Letters(ignoresCase ? Outline.bothCases(set) : set, hasOthers);
    }

    private Letters range(Letters low) {
        at++;
        var high = letter();
        if (low.ascii().cardinality() != 1) {
            // No range of letters that is known here.
            return Letters.ALL;
        }
        var set = new BitSet();
        int last = high.others() ? 0x7F : high.ascii().length() - 1;
        set.set(low.ascii().nextSetBit(0), Math.max(low.ascii().nextSetBit(0), last) + 1);
        return new Letters(set, high.others());
    }

    private Letters letter() {
        char letter = next();
        if (letter != '\\') {
            return Letters.of(letter);
        }
        char escaped = next();
        if (escaped == 'p' || escaped == 'P') {
            property();
            return Letters.ALL;
        }
        return Letters.escaped(escaped).orElseThrow(Unknown::new);
    }
}
