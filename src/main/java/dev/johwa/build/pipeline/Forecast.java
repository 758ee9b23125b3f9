package dev.johwa.build.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// In which order those that wait will begin, and when, if each run takes as long as its project's earlier ones.
final class Forecast {
    private Forecast() {}

    /// @param typical how long it should take from its beginning, or empty where the project has no earlier run
    record Going(String project, Duration sinceBegin, Optional<Duration> typical) {}

    /// @param id what to find it by again
    record Waiting(Object id, String project, Optional<Duration> typical) {}

    private record End(String project, Duration at) {}

    /// @param places how many may go on at once
    /// @param waiting the oldest first
    /// @return by id
    static Map<Object, Standing> of(int places, Shares shares, List<Going> going, List<Waiting> waiting) {
        var known = Stream.concat(
                        going.stream().flatMap(each -> each.typical().stream()),
                        waiting.stream().flatMap(each -> each.typical().stream()))
                .toList();
        var usual = known.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(Math.max(1, known.size()));
        var turns = shares.copy();
        var ends = new PriorityQueue<End>(Comparator.comparing(End::at));
        going.forEach(each -> ends.add(new End(each.project(), left(each, usual))));
        var rest = new ArrayList<>(waiting);
        var standings = new HashMap<Object, Standing>();
        var now = Duration.ZERO;
        for (int position = 1; !rest.isEmpty(); position++) {
            while (ends.size() >= places) {
                var end = ends.remove();
                now = end.at();
                turns.ended(end.project());
            }
            var next = turns.next(rest, Waiting::project).orElseThrow();
            rest.remove(next);
            turns.began(next.project());
            ends.add(new End(next.project(), now.plus(next.typical().orElse(usual))));
            standings.put(next.id(), new Standing(position, known.isEmpty() ? Optional.empty() : Optional.of(now)));
        }
        return standings;
    }

    private static Duration left(Going going, Duration usual) {
        var left = going.typical().orElse(usual).minus(going.sinceBegin());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
