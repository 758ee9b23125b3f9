package dev.johwa.watch.telemetry.store;

import java.util.Optional;
import java.util.regex.Pattern;

/// A length of time that a file is about. Of several about the same, the number tells them apart: what came late is in
/// later ones.
///
/// @param start seconds since 1970
/// @param length seconds
record Span(long start, long length, int number) implements Comparable<Span> {
    static final long HOUR = 3600;
    static final long DAY = 24 * HOUR;
    static final long MONTH = 30 * DAY;

    private static final Pattern NAME = Pattern.compile("(-?\\d{1,12})-(\\d{1,9})-(\\d{1,6})");

    /// The one of this length that a moment lies in.
    static Span at(long millis, long length, int number) {
        return new Span(Math.floorDiv(millis, 1000 * length) * length, length, number);
    }

    Span wider(long wider) {
        return new Span(Math.floorDiv(start, wider) * wider, wider, 1);
    }

    Span number(int other) {
        return new Span(start, length, other);
    }

    long startMillis() {
        return start * 1000;
    }

    long endMillis() {
        return (start + length) * 1000;
    }

    String name() {
        return start + "-" + length + "-" + number;
    }

    static Optional<Span> of(String name) {
        var match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new Span(
                        Long.parseLong(match.group(1)),
                        Long.parseLong(match.group(2)),
                        Integer.parseInt(match.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Span other) {
        int byStart = Long.compare(start, other.start);
        int byLength = Long.compare(other.length, length);
        return byStart != 0 ? byStart : byLength != 0 ? byLength : Integer.compare(number, other.number);
    }
}
