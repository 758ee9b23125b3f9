package dev.johwa.source.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file that is written into the Dockerfile below its statement.
///
/// @param name raw word that ends it
/// @param expands whether variables in it are replaced: none of its word was quoted
/// @param chomps whether tabs before its lines are taken away (`<<-`)
/// @param content raw lines with their ends
public record Heredoc(String name, boolean expands, boolean chomps, String content) {
    private static final Pattern WORD = Pattern.compile("[0-9]*<<(-?)[\\t\\n\\f\\r ]*([^<]*)", Pattern.DOTALL);
    private static final ShellWords PLAIN = new ShellWords('\\', new ShellWords.Ways(false, false, false, true));
    private static final ShellWords QUOTED = new ShellWords('\\', new ShellWords.Ways(true, false, false, true));
    private static final ShellWords LINE = new ShellWords('\\', new ShellWords.Ways(true, true, false, true));

    Heredoc filled(String lines) {
        return new Heredoc(name, expands, chomps, lines);
    }

    /// Those that a statement announces, still without content.
    static List<Heredoc> announced(String line) throws Refused {
        List<String> words;
        try {
            words = LINE.words(line, ShellWords.NOTHING);
        } catch (Refused e) {
            // BuildKit takes such a line as one without any.
            return List.of();
        }
        var found = new ArrayList<Heredoc>();
        for (var word : words) {
            read(word).ifPresent(found::add);
        }
        return found;
    }

    /// Whether a word of COPY or ADD announces one.
    public static Optional<Heredoc> of(String word) {
        try {
            return read(word);
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    private static Optional<Heredoc> read(String word) throws Refused {
        var match = WORD.matcher(word);
        if (!match.matches() || match.group(2).isEmpty()) {
            return Optional.empty();
        }
        var rest = match.group(2);
        var plain = PLAIN.words(rest, ShellWords.NOTHING);
        if (plain.size() != 1) {
            return Optional.empty();
        }
        var quoted = QUOTED.words(rest, ShellWords.NOTHING);
        if (quoted.size() != 1) {
            throw new Refused("heredoc", "the word of the heredoc cannot be read", word);
        }
        boolean expands = quotes(plain.getFirst()) == quotes(quoted.getFirst());
        return Optional.of(new Heredoc(plain.getFirst(), expands, match.group(1).equals("-"), ""));
    }

    private static long quotes(String word) {
        return word.chars().filter(letter -> letter == '\'' || letter == '"').count();
    }
}
