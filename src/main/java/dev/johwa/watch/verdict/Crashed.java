package dev.johwa.watch.verdict;

import dev.johwa.serve.release.AppEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Instances that ended by themselves lately. In memory: a control plane that begins anew has seen none.
final class Crashed {
    private static final int MOST = 1_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Deque<Crash> all = new ArrayDeque<>();
    private final Map<String, Integer> fresh = new HashMap<>();

    private record Crash(AppEnvironment where, int release, Instant at) {}

    synchronized void note(AppEnvironment where, int release, Instant at) {
        all.addLast(new Crash(where, release, at));
        while (all.size() > MOST || all.getFirst().at().isBefore(at.minus(KEPT))) {
            all.removeFirst();
        }
        if (fresh.size() < MOST) {
            fresh.merge(key(where, release), 1, Integer::sum);
        }
    }

    private static String key(AppEnvironment where, int release) {
        return where.name() + " " + where.environment() + " " + release;
    }

    synchronized int of(AppEnvironment where, int release, Instant since) {
        return (int) all.stream()
                .filter(each -> each.where().equals(where)
                        && each.release() == release
                        && !each.at().isBefore(since))
                .count();
    }

    /// How many there were since this was asked last.
    synchronized int take(AppEnvironment where, int release) {
        var taken = fresh.remove(key(where, release));
        return taken == null ? 0 : taken;
    }
}
