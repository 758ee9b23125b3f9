package dev.johwa.source.detect.jvm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words of a build file in Groovy or Kotlin: what it says behind others, in quotes or by the name of a value that it
/// sets elsewhere.
///
/// @param text of the part that is looked at
/// @param all of the file, for the values
record GradleText(String text, String all) {
    /// What may stand between a name and what it is set to.
    static final String SET = "(?:\\.set)?\\s*[=(]\\s*\\(?\\s*";

    private static final String SAID = "(\"[^\"\\n]*\"|'[^'\\n]*'|[A-Za-z_]\\w*(?![\\w.(\\[]))";
    private static final Pattern PLACED = Pattern.compile("\\$\\{([^}]*)}|\\$(\\w+)");
    private static final int DEEPEST = 4;
    /// Each is looked for in the whole text.
    private static final int MOST = 10;

    /// What it says behind these words, the first that has a meaning.
    ///
    /// @param before a pattern without groups
    Optional<String> said(String before) {
        return Pattern.compile(before + SAID)
                .matcher(text)
                .results()
                .limit(MOST)
                .flatMap(found -> meaning(found.group(1), 0).stream())
                .findFirst();
    }

    private Optional<String> meaning(String said, int depth) {
        if (!said.startsWith("\"") && !said.startsWith("'")) {
            return value(said, depth);
        }
        var inner = said.substring(1, said.length() - 1);
        return Optional.of(said.startsWith("'") ? inner : whole(inner, depth));
    }

    /// With the values put in that it knows.
    private String whole(String inner, int depth) {
        return PLACED.matcher(inner).replaceAll(found -> {
            var name = found.group(1) == null ? found.group(2) : found.group(1);
            return Matcher.quoteReplacement(value(name, depth).orElse(found.group()));
        });
    }

    /// `val name = "…"`, `def name = '…'`, `ext.name = "…"`, `extra["name"] = "…"`.
    private Optional<String> value(String name, int depth) {
        if (depth >= DEEPEST || !name.matches("\\w+")) {
            return Optional.empty();
        }
        var set = Pattern.compile("(?:(?<![\\w$])" + name + "|\\[[\"']" + name
                + "[\"']])\\s*(?::\\s*String\\s*)?=\\s*(\"[^\"\\n]*\"|'[^'\\n]*')");
        return Sources.group(set, all).flatMap(said -> meaning(said, depth + 1));
    }

    /// What stands in the blocks that begin so, up to the brace that ends each.
    ///
    /// @param beginning up to its brace
    GradleText blocks(Pattern beginning) {
        var blocks = beginning
                .matcher(text)
                .results()
                .limit(MOST)
                .map(found -> block(found.end()))
                .collect(Collectors.joining("\n"));
        return new GradleText(blocks, all);
    }

    private String block(int from) {
        int open = 1;
        int at = from;
        while (at < text.length() && open > 0) {
            char letter = text.charAt(at++);
            open += letter == '{' ? 1 : letter == '}' ? -1 : 0;
        }
        return text.substring(from, open == 0 ? at - 1 : at);
    }

    boolean says(Pattern words) {
        return words.matcher(text).find();
    }
}
