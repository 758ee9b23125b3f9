package dev.johwa.build.pipeline;

import dev.johwa.lib.text.Escapes;
import java.util.List;

/// A stretch of what a run said. Places count bytes of its log from 0; a place once told stays the same for ever.
///
/// @param start where the first line begins; 0 when nothing is before it
/// @param end where the line after the last begins
public record RunWords(List<Line> lines, long start, long end) {
    public RunWords {
        lines = List.copyOf(lines);
    }

    /// @param at its place
    /// @param text with the colours that a program gave it, as escape sequences and no others
    public record Line(long at, String text) {
        /// For who shows no colours.
        public String plain() {
            return Escapes.without(text);
        }
    }
}
