package dev.johwa.watch.log.store;

import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.log.Term;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A search made ready: what can be told without opening a block, then without making texts of its lines.
final class Sieve {
    private final LogSearch search;
    private final long since;
    private final long until;
    private final List<int[]> grams;
    /// A character for each byte: the machine looks through those many at a time.
    private final List<String> needles;

    Sieve(LogSearch search) {
        this.search = search;
        this.since = search.since().map(LogLine::nanos).orElse(Long.MIN_VALUE);
        this.until = search.until().map(LogLine::nanos).orElse(Long.MAX_VALUE);
        this.grams = search.terms().stream()
                .map(Term::hint)
                .flatMap(Optional::stream)
                .map(Grams::places)
                .toList();
        this.needles = search.terms().stream()
                .map(Term::needle)
                .flatMap(Optional::stream)
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
    }

    boolean looksForText() {
        return !grams.isEmpty();
    }

    boolean mayHold(BlockHead head) {
        return head.last() > search.after()
                && head.until() >= since
                && head.from() <= until
                && (search.release().isEmpty()
                        || head.lowest() <= search.release().getAsInt()
                                && search.release().getAsInt() <= head.highest());
    }

    boolean mayHold(byte[] bits, int start, int length) {
        return grams.stream().allMatch(places -> Grams.hasAll(bits, start, length, places));
    }

    boolean hasNeedles(byte[] raw, int start, int end) {
        if (needles.isEmpty()) {
            return true;
        }
        var texts = new String(raw, start, end - start, StandardCharsets.ISO_8859_1);
        return needles.stream().allMatch(texts::contains);
    }

    boolean mayWant(long sequence, long nanos, LogSource source) {
        return sequence > search.after()
                && nanos >= since
                && nanos <= until
                && (search.release().isEmpty() || search.release().getAsInt() == source.release())
                && search.from()
                        .map(name -> name.equals(source.process()) || name.equals(source.instance()))
                        .orElse(true);
    }

    boolean wants(LogLine line) {
        for (var term : search.terms()) {
            if (!term.holds(line)) {
                return false;
            }
        }
        return true;
    }
}
