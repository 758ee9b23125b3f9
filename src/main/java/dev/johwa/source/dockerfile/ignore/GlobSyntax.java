package dev.johwa.source.dockerfile.ignore;

import dev.johwa.source.dockerfile.syntax.Runes;
import java.util.Optional;

/// Whether Go's `filepath.Match` takes a pattern. The matcher of ignored files asks it with the name `.`, and it looks
/// at no more of a pattern than that needs: what is wrong behind the first piece that does not fit stays unseen.
final class GlobSyntax {
    private static final String HINT = "close it by ], or write \\[ for the letter";

    private GlobSyntax() {}

    static void check(String pattern) throws BadPattern {
        var name = ".";
        int at = 0;
        while (at < pattern.length()) {
            int start = at;
            while (start < pattern.length() && pattern.charAt(start) == '*') {
                start++;
            }
            boolean hasStar = start > at;
            at = chunkEnd(pattern, start);
            if (hasStar && at == start) {
                return;
            }
            var rest = rest(pattern.substring(start, at), name, hasStar, at == pattern.length());
            if (rest.isEmpty()) {
                return;
            }
            name = rest.get();
        }
    }

    /// What is left of the name when a piece fits it; after a star it may begin anywhere.
    private static Optional<String> rest(String chunk, String name, boolean hasStar, boolean isLast) throws BadPattern {
        for (int skipped = 0; skipped <= (hasStar ? name.length() : 0); skipped++) {
            var rest = new Chunk(chunk, name.substring(skipped)).rest();
            if (rest.isPresent() && (rest.get().isEmpty() || !isLast)) {
                return rest;
            }
        }
        return Optional.empty();
    }

    /// The next star that stands in no brackets.
    private static int chunkEnd(String pattern, int start) {
        boolean isInside = false;
        for (int at = start; at < pattern.length(); at++) {
            switch (pattern.charAt(at)) {
                case '\\' -> at += at + 1 < pattern.length() ? 1 : 0;
                case '[' -> isInside = true;
                case ']' -> isInside = false;
                case '*' -> {
                    if (!isInside) {
                        return at;
                    }
                }
                default -> {
                    // A letter.
                }
            }
        }
        return pattern.length();
    }

    /// A piece without stars, beside a part of the name, which is plain ASCII.
    private static final class Chunk {
        private final String chunk;
        private final String name;
        private int at;
        private int inName;
        private boolean hasFailed;

        Chunk(String chunk, String name) {
            this.chunk = chunk;
            this.name = name;
        }

        Optional<String> rest() throws BadPattern {
            while (at < chunk.length()) {
                hasFailed |= inName == name.length();
                char letter = chunk.charAt(at++);
                if (letter == '[') {
                    int wanted = hasFailed ? 0 : name.charAt(inName++);
                    boolean fits = brackets(wanted);
                    hasFailed |= !fits;
                } else if (letter == '?') {
                    inName += hasFailed ? 0 : 1;
                } else {
                    if (letter == '\\') {
                        if (at == chunk.length()) {
                            throw new BadPattern("a \\ at the end escapes nothing", "take it out");
                        }
                        letter = chunk.charAt(at++);
                    }
                    hasFailed = hasFailed || name.charAt(inName++) != letter;
                }
            }
            return hasFailed ? Optional.empty() : Optional.of(name.substring(inName));
        }

        private boolean brackets(int wanted) throws BadPattern {
            boolean isInverted = chunk.startsWith("^", at);
            at += isInverted ? 1 : 0;
            boolean fits = false;
            for (int count = 0; count == 0 || !chunk.startsWith("]", at); count++) {
                int first = letter();
                int last = first;
                if (chunk.charAt(at) == '-') {
                    at++;
                    last = letter();
                }
                fits |= first <= wanted && wanted <= last;
            }
            at++;
            return fits != isInverted;
        }

        /// One letter in brackets; something follows it.
        private int letter() throws BadPattern {
            if (at >= chunk.length() || chunk.charAt(at) == '-' || chunk.charAt(at) == ']') {
                throw new BadPattern("a [ is not closed, or what stands in it is no range", HINT);
            }
            at += chunk.charAt(at) == '\\' ? 1 : 0;
            if (at < chunk.length()) {
                int width = Runes.width(chunk, at);
                boolean isNone = chunk.charAt(at) >= 0x80 && width == 1;
                int letter = Runes.letters(chunk.substring(at, at + width))[0];
                at += width;
                if (!isNone && at < chunk.length()) {
                    return letter;
                }
            }
            throw new BadPattern("a [ is not closed", HINT);
        }
    }
}
