package dev.johwa.lib.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words for a POSIX shell.
public final class ShellLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellLine() {}

    /// One word, in single quotes whatever it holds.
    public static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /// A line that a shell takes apart into just these words; those that need no quotes have none.
    public static String of(List<String> argv) {
        return argv.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : quoted(word))
                .collect(Collectors.joining(" "));
    }
}
