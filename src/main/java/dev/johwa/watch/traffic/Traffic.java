package dev.johwa.watch.traffic;

import dev.johwa.lib.clock.Clock;
import dev.johwa.serve.router.EdgeReport;
import dev.johwa.serve.router.EdgeReport.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads what the edge counts, and remembers the last hour of it. Safe for use by many threads. A series for each
/// release that was asked, at most [#MOST_SERIES]: those that were asked longest ago go first.
public final class Traffic {
    public static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_SERIES = 1000;

    private final Map<Key, Series> series = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Counts> before = new HashMap<>();
    private final Clock clock;
    private final Supplier<Optional<EdgeReport>> edge;
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<EdgeReport> last = Optional.empty();
    private long askedAt;
    private long edgeStartedAt;

    /// @param edge what it counted, or empty while it does not answer
    public Traffic(Clock clock, Supplier<Optional<EdgeReport>> edge) {
        this.clock = clock;
        this.edge = edge;
    }

    private record Key(String app, String environment, int release) {
        static Key of(Counts counts) {
            return new Key(counts.app(), counts.environment(), counts.release());
        }
    }

    /// What the edge counted by now, or a moment ago: all who look within a second have one reading. What was counted
    /// since the one before belongs to this minute.
    ///
    /// @return empty while the edge does not answer
    public Optional<EdgeReport> report() {
        asking.lock();
        try {
            long now = clock.ticks();
            if (last.isEmpty() || now - askedAt >= FRESH.toNanos()) {
                last = edge.get();
                last.ifPresent(report -> note(report, clock.now()));
                askedAt = now;
            }
            return last;
        } finally {
            asking.unlock();
        }
    }

    /// The last hour has by then what the edge counted, for who looks now.
    public void refresh() {
        var _ = report();
    }

    private synchronized void note(EdgeReport report, Instant now) {
        boolean isFirst = edgeStartedAt == 0;
        if (edgeStartedAt != report.startedAtMillis()) {
            // Another edge counts from 0. What the first one counted before us is of unknown age.
            before.clear();
            edgeStartedAt = report.startedAtMillis();
        }
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        for (var counts : report.counts()) {
            var key = Key.of(counts);
            var last = before.put(key, counts);
            if (last == null && isFirst || last != null && last.requests() == counts.requests()) {
                continue;
            }
            series.computeIfAbsent(key, any -> new Series()).add(minute, Tally.between(last, counts));
        }
        // What the edge has let go counts from 0 when it comes back.
        before.keySet().retainAll(report.counts().stream().map(Key::of).collect(Collectors.toSet()));
        forget(now);
    }

    private void forget(Instant now) {
        var oldest = now.minus(KEPT).truncatedTo(ChronoUnit.MINUTES);
        series.values().forEach(each -> each.minutes.headMap(oldest).clear());
        series.values().removeIf(each -> each.minutes.isEmpty());
        var keys = series.keySet().iterator();
        while (series.size() > MOST_SERIES && keys.hasNext()) {
            keys.next();
            keys.remove();
        }
    }

    /// The last hour of an app in an environment: its releases that were asked, newest first.
    public synchronized List<Served> lastHour(String app, String environment) {
        forget(clock.now());
        var releases = new TreeMap<Integer, Served>(Collections.reverseOrder());
        series.forEach((key, each) -> {
            if (key.app().equals(app) && key.environment().equals(environment)) {
                releases.put(key.release(), each.served(key.release()));
            }
        });
        return List.copyOf(releases.values());
    }

    private static final class Series {
        private final TreeMap<Instant, Tally> minutes = new TreeMap<>();

        void add(Instant minute, Tally tally) {
            minutes.merge(minute, tally, Tally::plus);
        }

        Served served(int release) {
            var whole = minutes.values().stream().reduce(Tally::plus).orElseThrow();
            return new Served(
                    release,
                    whole.requests(),
                    whole.errors(),
                    whole.within(0.5),
                    whole.within(0.95),
                    minutes.entrySet().stream()
                            .map(entry -> new Served.Minute(
                                    entry.getKey(),
                                    entry.getValue().requests(),
                                    entry.getValue().errors(),
                                    entry.getValue().within(0.95)))
                            .toList(),
                    whole.buckets());
        }
    }
}
