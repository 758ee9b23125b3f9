package dev.johwa.source.dockerfile.syntax;

import dev.johwa.lib.text.RawNames;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes one statement apart, each kind by its own grammar. A word that is no instruction is left for later.
final class StatementReader {
    private static final Pattern SPACE = Pattern.compile("[\\t\\x0B\\f\\r ]+");
    private static final int DEEPEST = 50;

    private final char escape;

    private StatementReader(char escape) {
        this.escape = escape;
    }

    static Statement read(String text, char escape, Statement.Span span) throws Refused {
        return new StatementReader(escape).read(text, span, 0);
    }

    /// @param depth how many ONBUILD stand before it
    private Statement read(String text, Statement.Span span, int depth) throws Refused {
        var parts = SPACE.split(Runes.trim(text), 2);
        var keyword = parts[0];
        var flags = Flags.before(parts.length == 2 ? parts[1] : "", escape);
        var rest = Runes.trim(flags.rest());
        if (Runes.lower(keyword).equals("onbuild") && !rest.isEmpty()) {
            if (depth > DEEPEST) {
                throw new Refused("arguments", "ONBUILD stands in itself", null);
            }
            var inner = read(rest, span, depth + 1);
            var arguments = new ArrayList<String>();
            arguments.add(inner.keyword());
            arguments.addAll(inner.arguments());
            return new Statement(keyword, flags.words(), arguments, inner.isJson(), List.of(), text, span);
        }
        var arguments = arguments(Runes.lower(keyword), rest);
        return new Statement(keyword, flags.words(), arguments.values(), arguments.isJson(), List.of(), text, span);
    }

    private record Arguments(List<String> values, boolean isJson) {
        static final Arguments NONE = new Arguments(List.of(), false);

        static Arguments plain(List<String> values) {
            return new Arguments(values, false);
        }
    }

    private Arguments arguments(String name, String rest) throws Refused {
        return switch (name) {
            case "add", "copy", "volume" -> arrayOr(rest, true);
            case "cmd", "entrypoint", "run", "shell" -> arrayOr(rest, false);
            case "healthcheck" -> healthcheck(rest);
            case "arg" -> Arguments.plain(QuotedWords.of(rest, escape));
            case "env", "label" -> Arguments.plain(pairs(rest, name));
            case "expose", "from" -> Arguments.plain(separated(rest));
            case "maintainer", "stopsignal", "user", "workdir" ->
                rest.isEmpty() ? Arguments.NONE : Arguments.plain(List.of(rest));
            default -> Arguments.NONE;
        };
    }

    private static Arguments arrayOr(String rest, boolean isList) throws Refused {
        var array = JsonArray.read(rest);
        if (array.isPresent()) {
            return new Arguments(array.get(), true);
        }
        if (rest.isEmpty()) {
            return Arguments.NONE;
        }
        return Arguments.plain(isList ? separated(rest) : List.of(rest));
    }

    private static List<String> separated(String rest) {
        return rest.isEmpty() ? List.of() : List.of(SPACE.split(rest, -1));
    }

    /// Its first word, and then a command. Looked at byte by byte, as BuildKit does.
    private static Arguments healthcheck(String rest) throws Refused {
        int end = 0;
        while (end < rest.length() && !Runes.isSpace(rest.charAt(end))) {
            end++;
        }
        if (end == 0) {
            return Arguments.NONE;
        }
        int next = end;
        while (next < rest.length() && Runes.isSpace(rest.charAt(next))) {
            next++;
        }
        var command = arrayOr(rest.substring(next), false);
        var values = new ArrayList<String>();
        values.add(rest.substring(0, end));
        values.addAll(command.values());
        return new Arguments(values, command.isJson());
    }

    /// `name=value …`, or `name value` as long ago.
    private List<String> pairs(String rest, String name) throws Refused {
        var words = QuotedWords.of(rest, escape);
        if (words.isEmpty()) {
            return List.of();
        }
        if (words.getFirst().indexOf('=') < 0) {
            var parts = SPACE.split(rest, 2);
            if (parts.length < 2) {
                throw new Refused(
                        "arguments",
                        (name.equals("env") ? "ENV" : "LABEL") + " has a name and no value",
                        rest,
                        "write NAME=VALUE");
            }
            return List.of(parts[0], parts[1], "");
        }
        var pairs = new ArrayList<String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new Refused(
                        "arguments",
                        "'" + RawNames.text(word) + "' has no =",
                        word,
                        "write NAME=VALUE, and put a value with spaces in quotes");
            }
            pairs.addAll(List.of(word.substring(0, equals), word.substring(equals + 1), "="));
        }
        return pairs;
    }
}
