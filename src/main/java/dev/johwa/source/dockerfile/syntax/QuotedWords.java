package dev.johwa.source.dockerfile.syntax;

import java.util.ArrayList;
import java.util.List;

/// Words between spaces, where quotes and escapes hold spaces together and stay in the words.
final class QuotedWords {
    private final String raw;
    private final char escape;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;
    private boolean mayBeEmpty;

    private QuotedWords(String raw, char escape) {
        this.raw = raw;
        this.escape = escape;
    }

    static List<String> of(String raw, char escape) {
        var reading = new QuotedWords(raw, escape);
        while (reading.at < raw.length()) {
            reading.step();
        }
        reading.end();
        return reading.words;
    }

    private void end() {
        if (mayBeEmpty || !word.isEmpty()) {
            words.add(word.toString());
        }
        word.setLength(0);
        mayBeEmpty = false;
    }

    /// One letter outside of quotes, or all that is in quotes.
    private void step() {
        int letter = Runes.at(raw, at);
        if (Runes.isSpace(letter)) {
            at += Runes.width(raw, at);
            end();
        } else if (letter == '\'' || letter == '"') {
            mayBeEmpty = true;
            take();
            quoted(letter);
        } else {
            escapedOrPlain();
        }
    }

    /// One that escapes the end is not taken.
    private boolean escapedOrPlain() {
        if (Runes.at(raw, at) == escape) {
            if (at + 1 == raw.length()) {
                at++;
                return false;
            }
            take();
        }
        take();
        return true;
    }

    private void quoted(int quote) {
        while (at < raw.length()) {
            int letter = Runes.at(raw, at);
            if (letter == escape && quote != '\'') {
                if (!escapedOrPlain()) {
                    return;
                }
            } else {
                take();
                if (letter == quote) {
                    return;
                }
            }
        }
    }

    private void take() {
        int width = Runes.width(raw, at);
        word.append(raw, at, at + width);
        at += width;
    }
}
