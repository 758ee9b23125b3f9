package dev.johwa.source.dockerfile.syntax;

import java.util.Optional;

/// The lines of a file one after the other, each with its end.
final class PhysicalLines {
    /// Go's scanner holds no more at once, the end of the line included.
    static final int LONGEST = 64 * 1024;

    private final String raw;
    private int at;
    private int number;
    private boolean isTooLong;

    PhysicalLines(String raw) {
        this.raw = raw;
    }

    /// Empty at the end, and before a line that is too long.
    Optional<String> next() {
        if (at >= raw.length() || isTooLong) {
            return Optional.empty();
        }
        int end = raw.indexOf('\n', at) + 1;
        boolean isLast = end == 0;
        end = isLast ? raw.length() : end;
        if (end - at > LONGEST || isLast && end - at == LONGEST) {
            isTooLong = true;
            return Optional.empty();
        }
        var line = raw.substring(at, end);
        at = end;
        number++;
        return Optional.of(line);
    }

    /// Of the last line that was read, from 1.
    int number() {
        return number;
    }

    boolean isTooLong() {
        return isTooLong;
    }
}
