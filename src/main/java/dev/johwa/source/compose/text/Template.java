package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts values of variables into a text: `$X`, `${X}`, `${X:-default}`, `${X-default}`, `${X:?error}`, `${X?error}`,
/// `${X:+other}`, `${X+other}`; what follows an operator may hold references again, `$$` is a `$`.
///
/// A reference ends on its line, at the brace that closes it; where braces do not match, at the last one.
public final class Template {
    private static final int DEEPEST = 50;

    private final Function<String, @Nullable String> values;
    private final Consumer<String> unset;

    /// @param values of variables by name; null for those that are not set
    /// @param unset is told the names that are not set and have no default
    public Template(Function<String, @Nullable String> values, Consumer<String> unset) {
        this.values = values;
        this.unset = unset;
    }

    /// @throws ProblemException `compose.reference` or `compose.required`, without a place
    public String fill(String text) {
        return text.indexOf('$') < 0 ? text : fill(text, 0);
    }

    private String fill(String text, int depth) {
        if (depth > DEEPEST) {
            throw Problem.user("compose.reference", "references lie in each other more than " + DEEPEST + " deep")
                    .exception();
        }
        return new Pass(text, depth).filled();
    }

    /// One text, from its beginning to its end.
    private final class Pass {
        private final String text;
        private final int depth;
        private final StringBuilder filled = new StringBuilder();
        /// The line whose last brace is known.
        private int lineEnd = -1;

        private int lastBrace = -1;

        Pass(String text, int depth) {
            this.text = text;
            this.depth = depth;
        }

        String filled() {
            int at = 0;
            while (at < text.length()) {
                int dollar = text.indexOf('$', at);
                if (dollar < 0 || dollar + 1 == text.length()) {
                    break;
                }
                filled.append(text, at, dollar);
                at = reference(dollar);
            }
            return filled.append(text, at, text.length()).toString();
        }

        /// @return where the text goes on
        private int reference(int dollar) {
            char next = text.charAt(dollar + 1);
            if (next == '$') {
                filled.append('$');
                return dollar + 2;
            }
            if (next == '{') {
                return braced(dollar);
            }
            int end = nameEnd(dollar + 1);
            if (end == dollar + 1) {
                filled.append('$');
                return end;
            }
            filled.append(plain(text.substring(dollar + 1, end)));
            return end;
        }

        private int braced(int dollar) {
            int end = nameEnd(dollar + 2);
            if (end == dollar + 2 || end >= text.length()) {
                throw invalid();
            }
            var name = text.substring(dollar + 2, end);
            if (text.charAt(end) == '}') {
                filled.append(plain(name));
                return end + 1;
            }
            boolean orEmpty = text.charAt(end) == ':';
            int operator = orEmpty ? end + 1 : end;
            int last = lastBrace(dollar);
            if (operator >= text.length() || "-+?".indexOf(text.charAt(operator)) < 0 || last <= operator) {
                throw invalid();
            }
            int closing = closing(dollar, last);
            var rest = text.substring(operator + 1, closing);
            filled.append(operated(name, text.charAt(operator), orEmpty, rest));
            return closing + 1;
        }

        /// The last brace of the line of a reference, which it cannot go beyond; -1 when there is none.
        private int lastBrace(int dollar) {
            if (dollar > lineEnd) {
                int newline = text.indexOf('\n', dollar);
                lineEnd = newline < 0 ? text.length() : newline;
                lastBrace = text.lastIndexOf('}', lineEnd - 1);
            }
            return lastBrace;
        }

        /// Each opening brace counts, and the letter behind it is passed over.
        private int closing(int dollar, int last) {
            int open = 0;
            for (int i = dollar; i <= last; i++) {
                char c = text.charAt(i);
                if (c == '}') {
                    open--;
                    if (open == 0) {
                        return i;
                    }
                } else if (c == '{') {
                    open++;
                    i++;
                }
            }
            return last;
        }

        private ProblemException invalid() {
            return Problem.user("compose.reference", "'" + shown(text) + "' refers to no variable")
                    .hint("write ${NAME}, or $$ for a dollar")
                    .exception();
        }

        private int nameEnd(int from) {
            int end = from;
            while (end < text.length() && isNameLetter(text.charAt(end), end > from)) {
                end++;
            }
            return end;
        }

        private String operated(String name, char operator, boolean orEmpty, String rest) {
            var value = values.apply(name);
            boolean isThere = value != null && !(orEmpty && value.isEmpty());
            if (operator == '+' ? isThere : !isThere) {
                var other = fill(rest, depth + 1);
                if (operator == '?') {
                    throw required(name, other);
                }
                return other;
            }
            return value == null ? "" : value;
        }
    }

    private static ProblemException required(String name, String why) {
        var reason = why.isEmpty() ? "" : ": " + why;
        return Problem.user("compose.required", "the variable " + name + " has to be set" + reason)
                .hint("set it in the environment, or in the file .env")
                .exception();
    }

    private String plain(String name) {
        var value = values.apply(name);
        if (value == null) {
            unset.accept(name);
            return "";
        }
        return value;
    }

    /// A long s and the sign of Kelvin count too: Compose looks for letters of either case, and these have one.
    private static boolean isNameLetter(char c, boolean isInside) {
        return c == '_'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isInside && c >= '0' && c <= '9'
                || c == 0x17F
                || c == 0x212A;
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
