package dev.johwa.source.dockerfile.syntax;

import dev.johwa.lib.text.RawNames;
import java.util.ArrayList;
import java.util.List;

/// The words `--name=value` between an instruction and its arguments. Looked at byte by byte, as BuildKit does: also a
/// byte within a letter may be a space to it.
///
/// @param words with quotes and escapes taken away
/// @param rest what follows them
record Flags(List<String> words, String rest) {
    static Flags before(String line, char escape) {
        return new Reading(line, escape).read();
    }

    private static final class Reading {
        private final String line;
        private final char escape;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean mayBeEmpty;
        private int at;

        Reading(String line, char escape) {
            this.line = line;
            this.escape = escape;
        }

        Flags read() {
            while (true) {
                while (at < line.length() && Runes.isSpace(line.charAt(at))) {
                    at++;
                }
                if (at == line.length()) {
                    return new Flags(words, "");
                }
                if (!line.startsWith("--", at)) {
                    return new Flags(words, line.substring(at));
                }
                word();
                var text = RawNames.ofText(word.toString());
                if (text.equals("--")) {
                    return new Flags(words, line.substring(at));
                }
                if (mayBeEmpty || !text.isEmpty()) {
                    words.add(text);
                }
                word.setLength(0);
                mayBeEmpty = false;
            }
        }

        /// Up to the space after it.
        private void word() {
            char quote = 0;
            while (at < line.length()) {
                char letter = line.charAt(at);
                if (quote == 0 && Runes.isSpace(letter)) {
                    return;
                }
                if (quote == 0 && (letter == '\'' || letter == '"')) {
                    quote = letter;
                    mayBeEmpty = true;
                } else if (quote != 0 && letter == quote) {
                    quote = 0;
                } else if (letter == escape) {
                    if (at + 1 < line.length()) {
                        at++;
                        word.append(line.charAt(at));
                    }
                } else {
                    word.append(letter);
                }
                at++;
            }
        }
    }
}
