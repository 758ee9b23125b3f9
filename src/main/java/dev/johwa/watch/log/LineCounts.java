package dev.johwa.watch.log;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Counter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts lines that tell of what an app counts of its business, by release. In memory: from 0 on, and only what came
/// after the first look at an app that counts any. Safe for use by many threads.
public final class LineCounts {
    private static final Logger LOG = LoggerFactory.getLogger(LineCounts.class);
    private static final int AT_ONCE = 100_000;
    /// Releases of an app that are told; they are many in a year.
    static final int MOST = 10;

    private final LogStore store;
    private final Supplier<? extends Collection<Release>> serving;
    private final SequencedMap<Of, Long> counts = new LinkedHashMap<>();
    private long seen = -1;

    /// @param serving what serves now
    public LineCounts(LogStore store, Supplier<? extends Collection<Release>> serving) {
        this.store = store;
        this.serving = serving;
    }

    public record Of(AppEnvironment where, int release) {}

    /// All that was counted since the start, with what came since the last look. While lines cannot be read it is what
    /// it was, and they are counted later.
    public synchronized Map<Of, Long> look() {
        var counting = serving.get().stream()
                .filter(release ->
                        release.settings().counter().flatMap(Counter::log).isPresent())
                .toList();
        if (counting.isEmpty() && counts.isEmpty()) {
            return Map.of();
        }
        try {
            long last = store.last();
            var fresh = fresh(counting, seen < 0 ? last : seen, last);
            seen = last;
            fresh.forEach((of, more) -> counts.merge(of, more, Long::sum));
        } catch (UncheckedIOException e) {
            // Figures of everything else are taken in the same round.
            LOG.warn("lines are not counted for now: {}", e.toString());
        }
        counting.forEach(this::keep);
        forget();
        return Map.copyOf(counts);
    }

    private Map<Of, Long> fresh(List<Release> counting, long before, long last) {
        var fresh = new LinkedHashMap<Of, Long>();
        if (last > before) {
            counting.forEach(release -> count(release, before, last, fresh));
        }
        return fresh;
    }

    private void count(Release release, long before, long last, Map<Of, Long> fresh) {
        var where = release.where();
        var words =
                release.settings().counter().flatMap(Counter::log).orElseThrow().split("=", 2);
        var search = LogSearch.last(where.name(), where.environment(), AT_ONCE)
                .with(new Term.Field(words[0], words[1]))
                .after(before, AT_ONCE);
        for (var line : store.find(search)) {
            if (line.sequence() <= last) {
                // What others brought is of no release: that which serves said it.
                int number = line.source().releaseNumber().orElse(release.number());
                fresh.merge(new Of(where, number), 1L, Long::sum);
            }
        }
    }

    /// What serves is told from 0 on, however many came after it.
    private void keep(Release release) {
        var of = new Of(release.where(), release.number());
        counts.putLast(of, counts.getOrDefault(of, 0L));
    }

    private void forget() {
        var told = new HashMap<AppEnvironment, Integer>();
        counts.sequencedKeySet().reversed().removeIf(of -> told.merge(of.where(), 1, Integer::sum) > MOST);
    }
}
