package dev.johwa.build.pipeline;

import dev.johwa.lib.clock.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Branches that are pushed again and again, by a script or by somebody in a hurry: the first two pushes are taken up
/// at once, later ones when nothing newer came for a moment, so that not each of them begins what the next one ends.
/// Safe for use by many threads.
final class Bursts {
    /// Pushes within this time are one burst.
    private static final Duration LATELY = Duration.ofSeconds(5);
    static final Duration QUIET = Duration.ofSeconds(2);
    private static final int AT_ONCE = 2;

    private final Clock clock;
    private final Map<String, Deque<Long>> pushes = new HashMap<>();

    Bursts(Clock clock) {
        this.clock = clock;
    }

    /// Counts a push.
    ///
    /// @param branch with its project
    /// @param isAwaited whether no earlier run of it goes on and who pushes waits for this one: that is no burst
    /// @return how long to wait for a newer one
    synchronized Duration pushed(String branch, boolean isAwaited) {
        long now = clock.ticks();
        if (isAwaited) {
            pushes.remove(branch);
        }
        pushes.values().forEach(times -> times.removeIf(time -> now - time > LATELY.toNanos()));
        pushes.values().removeIf(Deque::isEmpty);
        var times = pushes.computeIfAbsent(branch, key -> new ArrayDeque<>());
        times.add(now);
        return times.size() <= AT_ONCE ? Duration.ZERO : QUIET;
    }
}
