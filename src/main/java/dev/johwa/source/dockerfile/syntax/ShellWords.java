package dev.johwa.source.dockerfile.syntax;

import dev.johwa.lib.text.RawNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Quotes, escapes and variables in a word, as `shell/lex.go` of BuildKit's front end reads them: much as a shell, but
/// not quite. It takes and gives raw texts. Safe for use by many threads.
///
/// @param escape letter that takes the meaning of the next, as `# escape=` says
public record ShellWords(char escape, Ways ways) {
    /// @param keepsQuotes quotes stay in the result
    /// @param keepsEscapes so do escapes
    /// @param ignoresQuotes quotes are letters like others
    /// @param keepsUnset a variable that is not set stays as it is written
    public record Ways(boolean keepsQuotes, boolean keepsEscapes, boolean ignoresQuotes, boolean keepsUnset) {}

    /// Nothing is set.
    static final Variables NOTHING = name -> Optional.empty();

    private static final Ways USUAL = new Ways(false, false, false, false);

    /// As values of instructions are read.
    public ShellWords(char escape) {
        this(escape, USUAL);
    }

    /// The word with its variables replaced.
    public String word(String raw, Variables variables) throws Refused {
        return new Reading(this, raw, variables).whole().text();
    }

    /// The same taken apart where a space stands that is not quoted.
    public List<String> words(String raw, Variables variables) throws Refused {
        return new Reading(this, raw, variables).whole().words();
    }

    private record Result(String text, List<String> words) {}

    /// Words while they grow. All readings of one text share the letters of the word that is not ended yet, as they do
    /// in BuildKit: what stands before `${x:-y}` in a word is lost to its list of words.
    private static final class Words {
        private final StringBuilder open;
        private final List<String> words = new ArrayList<>();
        private boolean isInWord;

        Words(StringBuilder open) {
            this.open = open;
        }

        void letter(int letter) {
            boolean isSpace = Runes.isSpace(letter);
            if (isSpace && isInWord) {
                if (!open.isEmpty()) {
                    end();
                }
            } else if (!isSpace) {
                raw(letter);
            }
        }

        void raw(int letter) {
            open.appendCodePoint(letter);
            isInWord = true;
        }

        void text(String text) {
            text.codePoints().forEach(this::letter);
        }

        void rawText(String text) {
            open.append(text);
            isInWord = true;
        }

        private void end() {
            words.add(RawNames.ofText(open.toString()));
            open.setLength(0);
            isInWord = false;
        }

        List<String> all() {
            if (!open.isEmpty()) {
                end();
            }
            return words;
        }
    }

    /// One pass over one text.
    private static final class Reading {
        private static final int END = -1;
        private static final int DEEPEST = 200;
        /// No builder and no kernel takes a longer one.
        private static final int LONGEST = 1 << 20;

        private final ShellWords words;
        private final String source;
        private final int[] letters;
        private final Variables variables;
        private final StringBuilder open = new StringBuilder();
        private int at;
        private int depth;
        private boolean keepsEscapes;

        Reading(ShellWords words, String raw, Variables variables) {
            this.words = words;
            this.source = raw;
            this.letters = Runes.letters(raw);
            this.variables = variables;
            this.keepsEscapes = words.ways().keepsEscapes();
            this.at = letters.length > 0 && letters[0] == 0xFEFF ? 1 : 0;
        }

        Result whole() throws Refused {
            var result = until(END, keepsEscapes, false);
            return new Result(RawNames.ofText(result.text()), result.words());
        }

        private int peek() {
            return at < letters.length ? letters[at] : END;
        }

        private int next() {
            return at < letters.length ? letters[at++] : END;
        }

        private void requireRoom(StringBuilder text) throws Refused {
            if (text.length() > LONGEST) {
                throw refused("the value is longer than " + LONGEST + " letters");
            }
        }

        private Refused refused(String message) {
            return new Refused("expansion", message, source);
        }

        /// @param doublesEscapes in quotes, for a pattern that is read once more
        private Result until(int stop, boolean escapesStay, boolean doublesEscapes) throws Refused {
            if (++depth > DEEPEST) {
                throw refused("variables are nested too deep");
            }
            open.setLength(0);
            var result = new StringBuilder();
            var list = new Words(open);
            boolean before = keepsEscapes;
            keepsEscapes = escapesStay;
            try {
                while (peek() != END) {
                    if (peek() == stop) {
                        next();
                        return new Result(result.toString(), list.all());
                    }
                    if (!step(result, list, doublesEscapes)) {
                        break;
                    }
                    requireRoom(result);
                }
                if (stop != END) {
                    throw refused("'" + Character.toString(stop) + "' is missing");
                }
                return new Result(result.toString(), list.all());
            } finally {
                keepsEscapes = before;
                depth--;
            }
        }

        /// One letter or what it begins; false at the end.
        private boolean step(StringBuilder result, Words list, boolean doublesEscapes) throws Refused {
            int letter = peek();
            var special = special(letter, doublesEscapes);
            if (special != null) {
                result.append(special);
                if (letter == '$') {
                    list.text(special);
                } else {
                    list.rawText(special);
                }
                return true;
            }
            next();
            if (letter != words.escape()) {
                list.letter(letter);
                result.appendCodePoint(letter);
                return true;
            }
            if (keepsEscapes) {
                list.raw(letter);
                result.appendCodePoint(letter);
            }
            int escaped = next();
            if (escaped == END) {
                return false;
            }
            list.raw(escaped);
            result.appendCodePoint(escaped);
            return true;
        }

        private @Nullable String special(int letter, boolean doublesEscapes) throws Refused {
            boolean quotes = !words.ways().ignoresQuotes();
            if (letter == '$') {
                return dollar();
            }
            if (letter == '<') {
                return heredoc();
            }
            if (letter == '\'' && quotes) {
                return single(doublesEscapes);
            }
            return letter == '"' && quotes ? twice(doublesEscapes) : null;
        }

        private String heredoc() {
            next();
            if (peek() != '<') {
                return "<";
            }
            next();
            var text = new StringBuilder("<<");
            while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
                text.appendCodePoint(next());
            }
            return text.toString();
        }

        private String single(boolean doublesEscapes) throws Refused {
            var text = new StringBuilder();
            quote(text, next());
            while (true) {
                int letter = next();
                if (letter == END) {
                    throw refused("a single quote is not closed");
                }
                if (letter == '\'') {
                    quote(text, letter);
                    return text.toString();
                }
                if (doublesEscapes && letter == words.escape()) {
                    text.appendCodePoint(letter);
                }
                text.appendCodePoint(letter);
            }
        }

        private void quote(StringBuilder text, int letter) {
            if (words.ways().keepsQuotes()) {
                text.appendCodePoint(letter);
            }
        }

        private String twice(boolean doublesEscapes) throws Refused {
            var text = new StringBuilder();
            quote(text, next());
            while (true) {
                switch (peek()) {
                    case END -> throw refused("a double quote is not closed");
                    case '"' -> {
                        quote(text, next());
                        return text.toString();
                    }
                    case '$' -> {
                        text.append(dollar());
                        requireRoom(text);
                    }
                    default -> inQuotes(text, next(), doublesEscapes);
                }
            }
        }

        private void inQuotes(StringBuilder text, int first, boolean doublesEscapes) {
            int letter = first;
            if (letter == words.escape()) {
                int escaped = peek();
                if (escaped == END) {
                    return;
                }
                boolean takes = escaped == '"' || escaped == '$' || escaped == words.escape();
                boolean stays = keepsEscapes && (takes || !words.ways().keepsQuotes() || doublesEscapes);
                if (stays) {
                    text.appendCodePoint(letter);
                }
                letter = takes ? next() : letter;
            }
            text.appendCodePoint(letter);
        }

        private String dollar() throws Refused {
            next();
            if (peek() != '{') {
                var name = name();
                if (name.isEmpty()) {
                    return "$";
                }
                return value(name).orElse(words.ways().keepsUnset() ? "$" + name : "");
            }
            next();
            return switch (peek()) {
                case END -> throw refused("'}' is missing");
                case '{', '}', ':' -> throw refused("what stands in ${} is no name of a variable");
                default -> braces(name());
            };
        }

        private Optional<String> value(String name) {
            return variables.get(name);
        }

        private String braces(String name) throws Refused {
            int letter = next();
            return switch (letter) {
                case '}' -> value(name).orElse(words.ways().keepsUnset() ? "${" + name + "}" : "");
                case ':' -> modified(name, next(), true);
                case '+', '-', '?', '#', '%' -> modified(name, letter, false);
                case '/' -> replaced(name);
                default -> throw unknownModifier(letter);
            };
        }

        private Refused unknownModifier(int letter) {
            return refused("'" + (letter == END ? "" : Character.toString(letter)) + "' in ${} is not known: there are"
                    + " :- - :+ + :? ? # ## % %% / //");
        }

        private String modified(String name, int letter, boolean isEmptyUnset) throws Refused {
            boolean isPattern = letter == '#' || letter == '%';
            if (isEmptyUnset && isPattern) {
                throw unknownModifier(letter);
            }
            var word = until('}', isPattern, isPattern).text();
            var value = value(name);
            if (words.ways().keepsUnset() && value.isEmpty()) {
                return "${" + name + (isEmptyUnset ? ":" : "") + (letter == END ? "" : Character.toString(letter))
                        + word + "}";
            }
            boolean isThere =
                    value.isPresent() && !(isEmptyUnset && value.orElseThrow().isEmpty());
            return switch (letter) {
                case '-' -> isThere ? value.orElseThrow() : word;
                case '+' -> isThere ? word : "";
                case '?' ->
                    value.filter(_ -> isThere)
                            .orElseThrow(() -> refused(name + ": " + (word.isEmpty() ? "has no value" : word)));
                case '#', '%' -> cut(word, value.orElse(""), letter);
                default -> throw unknownModifier(letter);
            };
        }

        private String cut(String word, String value, int letter) throws Refused {
            boolean isLongest = word.startsWith(Character.toString(letter));
            var pattern = isLongest ? word.substring(1) : word;
            return letter == '#'
                    ? ShellPattern.read(pattern).withoutStart(value, isLongest)
                    : ShellPattern.backwards(pattern).withoutEnd(value, isLongest);
        }

        private String replaced(String name) throws Refused {
            boolean all = peek() == '/';
            if (all) {
                next();
            }
            var pattern = until('/', true, true).text();
            var replacement = until('}', true, false).text();
            var value = value(name);
            if (words.ways().keepsUnset() && value.isEmpty()) {
                return "${" + name + "/" + pattern + "/" + replacement + "}";
            }
            return ShellPattern.read(pattern).replace(value.orElse(""), replacement, all);
        }

        /// Letters, digits and `_`; a number, or one of the shell's own signs, is a name too.
        private String name() {
            var name = new StringBuilder();
            if (Character.isDigit(peek())) {
                while (Character.isDigit(peek())) {
                    name.appendCodePoint(next());
                }
                return name.toString();
            }
            if (peek() != END && "@*#?-$!0".indexOf(peek()) >= 0) {
                return Character.toString(next());
            }
            while (Character.isLetter(peek()) || Character.isDigit(peek()) || peek() == '_') {
                name.appendCodePoint(next());
            }
            return name.toString();
        }
    }
}
