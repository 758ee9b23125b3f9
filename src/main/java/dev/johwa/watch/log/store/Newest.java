package dev.johwa.watch.log.store;

import dev.johwa.watch.log.LogLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/// The newest of the lines that were seen, each once, in memory that depends on how many are wanted only.
final class Newest {
    private static final Comparator<LogLine> OLDEST_FIRST =
            Comparator.comparing(LogLine::at).thenComparingLong(LogLine::sequence);
    private static final long MOST_CHARACTERS = 64L << 20;

    private final int limit;
    private final PriorityQueue<LogLine> lines = new PriorityQueue<>(OLDEST_FIRST);
    private final Set<Long> seen = new HashSet<>();
    private long characters;

    Newest(int limit) {
        this.limit = limit;
    }

    void add(LogLine line) {
        if (limit == 0 || isFull() && OLDEST_FIRST.compare(line, lines.peek()) < 0 || !seen.add(line.sequence())) {
            return;
        }
        lines.add(line);
        characters += size(line);
        while (lines.size() > limit || characters > MOST_CHARACTERS && lines.size() > 1) {
            var oldest = lines.remove();
            characters -= size(oldest);
            seen.remove(oldest.sequence());
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
        return limit == 0 || isFull() && nanos < LogLine.nanos(lines.peek().at());
    }

    List<LogLine> oldestFirst() {
        var all = new ArrayList<>(lines);
        all.sort(OLDEST_FIRST);
        return all;
    }
}
