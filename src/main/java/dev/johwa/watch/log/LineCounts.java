package dev.johwa.watch.log;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.release.Release;
import dev.johwa.source.config.Counter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Counts lines that tell of what an app counts of its business, by release. In memory: from 0 on, and only what came
/// after the first look at an app that counts any. Safe for use by many threads.
public final class LineCounts {
    private static final int AT_ONCE = 100_000;
    private static final int MOST = 1_000;

    private final LogStore store;
    private final Supplier<? extends Collection<Release>> serving;
    private final Map<Of, Long> counts = new LinkedHashMap<>();
    private long seen = -1;

    /// @param serving what serves now
    public LineCounts(LogStore store, Supplier<? extends Collection<Release>> serving) {
        this.store = store;
        this.serving = serving;
    }

    public record Of(AppEnvironment where, int release) {}

    /// All that was counted since the start, with what came since the last look.
    public synchronized Map<Of, Long> look() {
        var counting = serving.get().stream()
                .filter(release ->
                        release.settings().counter().flatMap(Counter::log).isPresent())
                .toList();
        if (counting.isEmpty() && counts.isEmpty()) {
            return Map.of();
        }
        long last = store.last();
        long before = seen < 0 ? last : seen;
        counting.forEach(release -> count(release, before, last));
        seen = last;
        forget();
        return Map.copyOf(counts);
    }

    private void count(Release release, long before, long last) {
        var where = release.where();
        counts.putIfAbsent(new Of(where, release.number()), 0L);
        var words =
                release.settings().counter().flatMap(Counter::log).orElseThrow().split("=", 2);
        if (last > before) {
            var search = LogSearch.last(where.name(), where.environment(), AT_ONCE)
                    .with(new Term.Field(words[0], words[1]))
                    .after(before, AT_ONCE);
            for (var line : store.find(search)) {
                if (line.sequence() <= last) {
                    // What others brought is of no release: that which serves said it.
                    int number = line.source().releaseNumber().orElse(release.number());
                    counts.merge(new Of(where, number), 1L, Long::sum);
                }
            }
        }
    }

    /// Releases are many in a year.
    private void forget() {
        var oldest = counts.keySet().iterator();
        for (int more = counts.size() - MOST; more > 0; more--) {
            oldest.next();
            oldest.remove();
        }
    }
}
