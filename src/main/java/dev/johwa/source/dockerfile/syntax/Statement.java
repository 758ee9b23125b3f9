package dev.johwa.source.dockerfile.syntax;

import java.util.List;

/// A line of a Dockerfile with all that continues it, taken apart; texts are raw.
///
/// @param keyword as written
/// @param flags such as `--from=x`, with quotes and escapes taken away
/// @param arguments of ENV and LABEL three each: name, value, and `=` or nothing between them
/// @param isJson whether the arguments were an array of JSON
/// @param text whole, with its continuations joined
public record Statement(
        String keyword,
        List<String> flags,
        List<String> arguments,
        boolean isJson,
        List<Heredoc> heredocs,
        String text,
        Span span) {

    public Statement {
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        heredocs = List.copyOf(heredocs);
    }

    /// Lines from 1, the last included.
    public record Span(int first, int last) {}

    Statement with(List<Heredoc> files, Span lines) {
        return new Statement(keyword, flags, arguments, isJson, files, text, lines);
    }

    /// The same, as if it stood on other lines.
    public Statement at(Span lines) {
        return with(heredocs, lines);
    }

    /// In small letters.
    public String name() {
        return Runes.lower(keyword);
    }
}
