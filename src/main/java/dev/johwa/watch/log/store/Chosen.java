package dev.johwa.watch.log.store;

import dev.johwa.watch.log.LogLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// The newest, or the oldest, of the lines that were seen, each once, in memory that depends on how many are wanted
/// only.
final class Chosen {
    private static final Comparator<LogLine> OLDEST_FIRST =
            Comparator.comparing(LogLine::at).thenComparingLong(LogLine::sequence);
    private static final long MOST_CHARACTERS = 64L << 20;

    private final int limit;
    private final boolean areNewest;
    private final Comparator<LogLine> order;
    /// The one that goes first when there are too many.
    private final PriorityQueue<LogLine> lines;
    private final Set<Long> seen = new HashSet<>();
    private long characters;

    private Chosen(int limit, boolean areNewest) {
        this.limit = limit;
        this.areNewest = areNewest;
        this.order = areNewest ? OLDEST_FIRST : OLDEST_FIRST.reversed();
        this.lines = new PriorityQueue<>(order);
    }

    static Chosen newest(int limit) {
        return new Chosen(limit, true);
    }

    static Chosen oldest(int limit) {
        return new Chosen(limit, false);
    }

    void add(LogLine line) {
        if (limit == 0 || isFull() && order.compare(line, lines.peek()) < 0 || !seen.add(line.sequence())) {
            return;
        }
        lines.add(line);
        characters += size(line);
        while (lines.size() > limit || characters > MOST_CHARACTERS && lines.size() > 1) {
            var last = lines.remove();
            characters -= size(last);
            seen.remove(last.sequence());
        }
    }

    private static long size(LogLine line) {
        return line.text().length() + (long) line.fields().length();
    }

    private boolean isFull() {
        return lines.size() >= limit || characters >= MOST_CHARACTERS;
    }

    /// Whether nothing that old is wanted any more.
    boolean isBefore(long nanos) {
        return limit == 0
                || areNewest && isFull() && nanos < LogLine.nanos(lines.peek().at());
    }

    List<LogLine> oldestFirst() {
        var all = new ArrayList<>(lines);
        all.sort(OLDEST_FIRST);
        return all;
    }
}
