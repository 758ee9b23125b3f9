package dev.johwa.lib.text;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads `.env` files as the libraries of that name do: `NAME=value` a line, `export` before it or not, `#` comments,
/// values bare or in quotes, which may hold several lines. In double quotes `\n`, `\r`, `\t`, `\"` and `\\` have their
/// meaning; other quotes keep what is in them. Nothing is expanded: `$` is a `$`.
public final class EnvText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String QUOTES = "\"'`";

    private final String file;
    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int at;
    /// Where the line begins that is read, and its number.
    private int lineStart;

    private int number = 1;

    private EnvText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// @param file as problems name it
    /// @return values by name, in the order of the file
    /// @throws ProblemException `env-file.line` or `env-file.twice`, all that is wrong at once
    public static Map<String, String> read(String file, String text) {
        var reader = new EnvText(file, text.replace("\uFEFF", "").replace("\r\n", "\n"));
        while (reader.at < reader.text.length()) {
            reader.line();
        }
        if (!reader.problems.isEmpty()) {
            throw new ProblemException(reader.problems);
        }
        return reader.values;
    }

    private void line() {
        number += newlines(lineStart, at);
        lineStart = at;
        int start = at;
        int end = lineEnd(at);
        var line = text.substring(start, end);
        at = end + 1;
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return;
        }
        int equals = line.indexOf('=');
        var name = (equals < 0 ? line : line.substring(0, equals)).strip();
        if (name.startsWith("export ")) {
            name = name.substring("export ".length()).strip();
        }
        if (equals < 0 || !NAME.matcher(name).matches()) {
            wrong(start, "'" + shown(name) + "' is no line of the form NAME=value");
            return;
        }
        int from = start + equals + 1;
        while (from < end && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
            from++;
        }
        boolean isQuoted = from < end && QUOTES.indexOf(text.charAt(from)) >= 0;
        keep(start, name, isQuoted ? quoted(from, name) : bare(text.substring(from, end)));
    }

    /// What may be a secret is not repeated.
    private static String shown(String name) {
        return name.length() > 3 ? name.substring(0, 3) + "…" : name;
    }

    private static String bare(String value) {
        int comment = value.startsWith("#") ? 0 : value.replace('\t', ' ').indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private String quoted(int from, String name) {
        char quote = text.charAt(from);
        var value = new StringBuilder();
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                after(i + 1, name);
                return value.toString();
            }
            if (c == '\\' && quote == '"' && i + 1 < text.length()) {
                value.append(unescaped(text.charAt(++i)));
            } else {
                value.append(c);
            }
        }
        wrong(from, "the value of " + name + " begins with " + quote + " and does not end");
        at = text.length();
        return "";
    }

    /// A backslash that means nothing stays.
    private static String unescaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private void after(int end, String name) {
        int next = lineEnd(end);
        var rest = text.substring(end, next).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            wrong(end, "something follows the value of " + name + " on its line");
        }
        at = next + 1;
    }

    private int lineEnd(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private void keep(int start, String name, String value) {
        int line = lineOf(start);
        var before = lines.putIfAbsent(name, line);
        if (before != null) {
            problems.add(Problem.user("env-file.twice", name + " was set on line " + before + " already")
                    .at(new Place(file, line, 1))
                    .hint("keep the one that counts"));
        }
        values.put(name, value);
    }

    /// Of what stands on this line or behind it: counted from here, else many lines would take the square of theirs.
    private int lineOf(int index) {
        return number + newlines(lineStart, index);
    }

    private int newlines(int from, int to) {
        int count = 0;
        for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        return count;
    }

    private void wrong(int index, String what) {
        int start = text.lastIndexOf('\n', Math.max(0, index - 1)) + 1;
        int column = index == 0 || start > index ? 1 : index - start + 1;
        problems.add(Problem.user("env-file.line", what).at(new Place(file, lineOf(index), column)));
    }
}
