package dev.johwa.lib.db;

import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/// Finds in a statement what is to be filled in: `:name` and `?` are values, `<name>` is text of the program itself, as
/// the list of `:name` that `bindList` makes. What stands in quotes or in a comment is left as it is, and so are `::`,
/// `??` and a `<` that no word with a `>` follows at once.
///
/// The library brings grammars for this, whose machines cost a start a third of a second of compiling and keep what
/// they learned for ever. Nothing is kept here: a statement is read in some microseconds.
final class Placeholders implements TemplateEngine, SqlParser {
    @Override
    public String render(String template, StatementContext context) {
        int open = template.indexOf('<');
        if (open < 0) {
            return template;
        }
        var text = new StringBuilder(template.length() + 32);
        int copied = 0;
        for (int at = 0; at < template.length(); ) {
            int next = afterPart(template, at);
            if (template.charAt(at) == '<') {
                int close = afterName(template, at + 1);
                if (close > at + 1 && close < template.length() && template.charAt(close) == '>') {
                    text.append(template, copied, at).append(attribute(template.substring(at + 1, close), context));
                    next = close + 1;
                    copied = next;
                }
            }
            at = next;
        }
        return text.append(template, copied, template.length()).toString();
    }

    private static Object attribute(String name, StatementContext context) {
        var value = context.getAttribute(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is defined for <" + name + ">");
        }
        return value;
    }

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        return values(sql);
    }

    static ParsedSql values(String sql) {
        var parsed = ParsedSql.builder();
        int copied = 0;
        for (int at = 0; at < sql.length(); ) {
            int next = afterPart(sql, at);
            if (sql.charAt(at) == ':' && next > at + 1 && isOfName(sql.charAt(at + 1))) {
                parsed.append(sql.substring(copied, at)).appendNamedParameter(sql.substring(at + 1, next));
                copied = next;
            } else if (sql.charAt(at) == '?' && next == at + 1) {
                parsed.append(sql.substring(copied, at)).appendPositionalParameter();
                copied = next;
            }
            at = next;
        }
        return parsed.append(sql.substring(copied)).build();
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return ":" + rawName;
    }

    /// The index behind what begins at `at`: a quoted text, a comment, `::`, `??`, `:name`, or one character.
    private static int afterPart(String sql, int at) {
        char first = sql.charAt(at);
        return switch (first) {
            case '\'', '"' -> behind(sql, String.valueOf(first), at + 1);
            case '-' -> sql.startsWith("--", at) ? behind(sql, "\n", at + 2) : at + 1;
            case '/' -> sql.startsWith("/*", at) ? behind(sql, "*/", at + 2) : at + 1;
            case ':' -> sql.startsWith("::", at) ? at + 2 : afterName(sql, at + 1);
            case '?' -> sql.startsWith("??", at) ? at + 2 : at + 1;
            default -> at + 1;
        };
    }

    /// A quote that is doubled ends a text and begins the next at once, which comes to the same.
    private static int behind(String sql, String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    private static int afterName(String sql, int from) {
        int at = from;
        while (at < sql.length() && isOfName(sql.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfName(char c) {
        return c == '_' || c == '.' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
