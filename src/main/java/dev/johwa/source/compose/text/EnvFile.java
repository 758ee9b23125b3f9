package dev.johwa.source.compose.text;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads env files as Compose does: `NAME=value`, `NAME: value`, `export NAME=value`; a NAME alone takes its value from
/// around; values bare or in quotes, which may hold several lines. In bare values and double quotes references are
/// filled in, in double quotes the escapes of shells have their meaning.
public final class EnvFile {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[abcfnrtv$\"\\\\]|0\\d{0,3})");
    private static final Pattern EXPORT = Pattern.compile("export\\s+");
    private static final Pattern OCTAL = Pattern.compile("\\\\[0-3][0-7]{2}");

    private final String file;
    private final Map<String, String> values;
    private final Function<String, @Nullable String> around;
    private final Template template;
    private String rest;
    private int line = 1;

    private EnvFile(String file, String text, Map<String, String> values, Function<String, @Nullable String> around) {
        this.file = file;
        this.rest = text;
        this.values = values;
        this.around = around;
        this.template = new Template(
                name -> {
                    var value = around.apply(name);
                    return value == null ? values.get(name) : value;
                },
                _ -> {});
    }

    /// @param file as problems name it
    /// @param values takes what is read, and is looked into for references
    /// @param around where references are looked up first; null for what is not set
    /// @throws ProblemException `compose.env-file` with the line
    public static void read(
            String file, String text, Map<String, String> values, Function<String, @Nullable String> around) {
        var reader = new EnvFile(file, text.startsWith("\uFEFF") ? text.substring(1) : text, values, around);
        while (reader.toStatement()) {
            reader.statement();
        }
    }

    /// Passes over space and comments.
    private boolean toStatement() {
        int at = 0;
        while (at < rest.length()) {
            char c = rest.charAt(at);
            if (c == '#') {
                int end = rest.indexOf('\n', at);
                at = end < 0 ? rest.length() : end;
            } else if (isAnySpace(c)) {
                line += c == '\n' ? 1 : 0;
                at++;
            } else {
                break;
            }
        }
        rest = rest.substring(at);
        return !rest.isEmpty();
    }

    private void statement() {
        if (EXPORT.matcher(rest).lookingAt()) {
            rest = trimmedLeft(rest.substring("export".length()));
        }
        int end = nameEnd();
        boolean isEnded = end < rest.length();
        boolean isInherited = isEnded && rest.charAt(end) == '\n';
        var name = isEnded ? trimmedRight(rest.substring(0, end)) : "";
        rest = trimmedLeft(isEnded ? rest.substring(end + 1) : rest);
        if (name.indexOf(' ') >= 0) {
            throw wrong("the name '" + name + "' holds a space", "write NAME=value");
        }
        if (isInherited) {
            line++;
            var value = around.apply(name);
            if (value != null) {
                values.put(name, value);
            }
            return;
        }
        values.put(name, value());
    }

    /// Where the name ends; the length of the rest when nothing ends it.
    private int nameEnd() {
        for (int i = 0; i < rest.length(); i += Character.charCount(rest.codePointAt(i))) {
            int c = rest.codePointAt(i);
            if (c == '=' || c == ':' || c == '\n') {
                return i;
            }
            boolean isPart = isLineSpace(c) || "_.-[]".indexOf(c) >= 0 || Character.isLetter(c) || isNumber(c);
            if (!isPart) {
                throw wrong(
                        "'" + Character.toString(c) + "' cannot stand in the name of a variable",
                        "use letters, digits and '_'");
            }
        }
        return rest.length();
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private String value() {
        char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
        if (quote == '"' || quote == '\'') {
            return quoted(quote);
        }
        int end = rest.indexOf('\n');
        var value = end < 0 ? rest : rest.substring(0, end);
        rest = end < 0 ? "" : rest.substring(end + 1);
        int comment = value.indexOf(" #");
        var filled = fill(trimmedRight(comment < 0 ? value : value.substring(0, comment)));
        line++;
        return filled;
    }

    private String quoted(char quote) {
        int start = line;
        var value = new StringBuilder();
        boolean isEscaped = false;
        for (int i = 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            line += c == '\n' ? 1 : 0;
            if (!isEscaped && c == '\\' && c != quote) {
                isEscaped = true;
                continue;
            }
            if (c == quote && !isEscaped) {
                rest = rest.substring(i + 1);
                return quote == '"' ? fill(unescaped(value.toString())) : value.toString();
            }
            if (isEscaped && c != quote) {
                value.append('\\');
            }
            isEscaped = false;
            value.append(c);
        }
        line = start;
        throw wrong("a value begins with " + quote + " and does not end", "close the quote");
    }

    private String fill(String value) {
        try {
            return template.fill(value);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem().at(new Place(file, line, 1)), e);
        }
    }

    private static String unescaped(String value) {
        return ESCAPE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(unescapedOne(found.group())));
    }

    private static String unescapedOne(String escape) {
        return switch (escape.charAt(1)) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000B";
            case '"', '\\' -> escape.substring(1);
            case '$' -> "$$";
            case '0' -> {
                var octal = "\\" + escape.substring(2);
                yield OCTAL.matcher(octal).matches()
                        ? String.valueOf((char) Integer.parseInt(octal.substring(1), 8))
                        : octal;
            }
            default -> escape;
        };
    }

    private static String trimmedLeft(String text) {
        int at = 0;
        while (at < text.length() && isLineSpace(text.charAt(at))) {
            at++;
        }
        return text.substring(at);
    }

    private static String trimmedRight(String text) {
        int end = text.length();
        while (end > 0 && isAnySpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /// Space that does not end a line.
    private static boolean isLineSpace(int c) {
        return c == ' ' || c == '\t' || c == 0x0B || c == '\f' || c == '\r' || c == 0x85 || c == 0xA0;
    }

    private static boolean isAnySpace(int c) {
        return c == '\n' || isLineSpace(c) || Character.isSpaceChar(c);
    }

    private ProblemException wrong(String what, String hint) {
        return Problem.user("compose.env-file", what)
                .at(new Place(file, line, 1))
                .hint(hint)
                .exception();
    }
}
