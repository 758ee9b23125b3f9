package dev.johwa.serve.target.log;

import dev.johwa.lib.text.Cut;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/// The last lines of several files in the order of their times, in memory that depends on how many are wanted only.
public final class Merge {
    private static final long MOST_CHARACTERS = 64L << 20;

    private Merge() {}

    /// A line and whose it is.
    public record Whose(Printed printed, String text, Times.Seen seen) {}

    /// @param place of the file among all: where nobody knows which line came first, those of one file stay together
    private record Head(int place, Printed printed, Backward rest, Line line) {
        static final Comparator<Head> NEWEST_FIRST = Comparator.comparing(
                        (Head head) -> head.line().seen().at())
                .thenComparingInt(Head::place)
                .reversed();
    }

    /// Which lines are wanted, and how.
    ///
    /// @param limit at most so many (or 64 Mi characters of them)
    /// @param since nothing before
    /// @param needle what no wanted line lacks
    /// @param now the time of what has none yet
    /// @param cut where long lines may be cut
    public record Wanted(
            int limit,
            Optional<Instant> since,
            Optional<Needle> needle,
            Predicate<String> isWanted,
            Instant now,
            Cut cut) {}

    /// @param ends where to begin in each file, the end of a line
    /// @return the newest lines, oldest first
    public static List<Whose> last(Map<Printed, Long> ends, Wanted wanted) {
        var heads = new PriorityQueue<Head>(Head.NEWEST_FIRST);
        var opened = new ArrayList<Backward>();
        Deque<Whose> found = new ArrayDeque<>();
        try {
            ends.forEach((printed, end) -> {
                var lines = new Backward(printed, end, wanted);
                opened.add(lines);
                int place = opened.size();
                lines.next().ifPresent(line -> heads.add(new Head(place, printed, lines, line)));
            });
            long characters = 0;
            while (!heads.isEmpty() && found.size() < wanted.limit() && characters < MOST_CHARACTERS) {
                var head = heads.remove();
                var line = head.line();
                if (wanted.since().isPresent()
                        && line.seen().at().isBefore(wanted.since().get())) {
                    continue;
                }
                if (wanted.isWanted().test(line.text())) {
                    found.addFirst(new Whose(head.printed(), line.text(), line.seen()));
                    characters += line.text().length();
                }
                head.rest()
                        .next()
                        .ifPresent(next -> heads.add(new Head(head.place(), head.printed(), head.rest(), next)));
            }
            return List.copyOf(found);
        } finally {
            opened.forEach(Backward::close);
        }
    }
}
