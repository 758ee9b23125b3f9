package dev.johwa.watch.log.store;

import dev.johwa.watch.log.Effort;
import dev.johwa.watch.log.LogLine;
import dev.johwa.watch.log.LogSearch;
import dev.johwa.watch.log.LogSource;
import dev.johwa.watch.log.Term;
import dev.johwa.watch.log.outline.Automaton;
import dev.johwa.watch.log.outline.Outline;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A search made ready: what can be told without opening a block, then without making texts of its lines.
final class Sieve {
    private final LogSearch search;
    private final long since;
    private final long until;
    private final List<Condition> conditions;
    private final List<Look> looks;
    private final Effort effort = new Effort();

    Sieve(LogSearch search) {
        this.search = search;
        this.since = search.since().map(LogLine::nanos).orElse(Long.MIN_VALUE);
        this.until = search.until().map(LogLine::nanos).orElse(Long.MAX_VALUE);
        this.conditions = search.terms().stream()
                .map(Term::outline)
                .flatMap(Optional::stream)
                .map(Condition::of)
                .filter(condition -> !condition.isEmpty())
                .toList();
        this.looks = search.terms().stream()
                .flatMap(term -> term.outline().map(outline -> Look.of(outline, term.isOfFields())).stream())
                .toList();
    }

    /// A look at the bytes of texts, or at those of fields too.
    ///
    /// @param plain what is looked for first, a character for each byte: the machine looks through many at a time
    private record Look(Optional<String> plain, Optional<Automaton> automaton, boolean isOfFields) {
        static Look of(Outline outline, boolean isOfFields) {
            // A plain text is within texts or within fields, but the automaton reads both at once.
            var plain = outline.plain()
                    .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            return new Look(
                    plain,
                    plain.isPresent() && outline.isPlain() ? Optional.empty() : Automaton.of(outline),
                    isOfFields);
        }
    }

    boolean looksForText() {
        return !conditions.isEmpty();
    }

    boolean mayHold(BlockHead head) {
        return head.last() > search.after()
                && head.until() >= since
                && head.from() <= until
                && (search.release().isEmpty()
                        || head.lowest() <= search.release().getAsInt()
                                && search.release().getAsInt() <= head.highest());
    }

    boolean mayHold(byte[] bits) {
        return conditions.stream().allMatch(condition -> condition.holds(place -> Grams.has(bits, place)));
    }

    /// Whether all that is looked for is somewhere among the texts, or the fields behind them.
    boolean mayBeAmong(byte[] raw, int texts, int fields) {
        for (var look : looks) {
            int end = look.isOfFields() ? raw.length : fields;
            if (look.plain().isPresent()
                            && !contains(raw, texts, end, look.plain().get())
                    || look.automaton().isPresent() && !look.automaton().get().finds(raw, texts, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] raw, int start, int end, String plain) {
        return new String(raw, start, end - start, StandardCharsets.ISO_8859_1).contains(plain);
    }

    /// The same of one line.
    boolean mayBeIn(byte[] raw, Span text, Span fields) {
        for (var look : looks) {
            if (look.automaton().isPresent()
                    && !text.holds(raw, look.automaton().get())
                    && !(look.isOfFields() && fields.holds(raw, look.automaton().get()))) {
                return false;
            }
        }
        return true;
    }

    /// Where something lies.
    record Span(int start, int end) {
        private boolean holds(byte[] raw, Automaton automaton) {
            return automaton.finds(raw, start, end);
        }
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
            if (!term.holds(line, effort)) {
                return false;
            }
        }
        return true;
    }
}
