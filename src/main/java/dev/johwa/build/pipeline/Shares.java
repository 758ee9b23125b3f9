package dev.johwa.build.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Whose turn it is: that of the project that has the fewest runs going on; of those, of the one that began a run
/// longest ago; within a project, of who came first. So no project waits for all that another one pushed. Used by one
/// thread at a time.
final class Shares {
    private final Map<String, Integer> going = new HashMap<>();
    private final Map<String, Long> lastTurn = new HashMap<>();
    private long turns;

    Shares copy() {
        var copy = new Shares();
        copy.going.putAll(going);
        copy.lastTurn.putAll(lastTurn);
        copy.turns = turns;
        return copy;
    }

    /// @param waiting those that wait, the oldest first
    <T> Optional<T> next(Collection<T> waiting, Function<T, String> project) {
        // Of equals, the first stays the least.
        return waiting.stream()
                .min(Comparator.comparingInt((T each) -> going.getOrDefault(project.apply(each), 0))
                        .thenComparingLong(each -> lastTurn.getOrDefault(project.apply(each), 0L)));
    }

    void began(String project) {
        going.merge(project, 1, Integer::sum);
        lastTurn.put(project, ++turns);
    }

    void ended(String project) {
        going.computeIfPresent(project, (key, count) -> count == 1 ? null : count - 1);
    }
}
