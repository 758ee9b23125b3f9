package dev.johwa.serve.target.log;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Follows the files of an app, also of instances that start meanwhile. Used by one thread.
public final class Follower {
    private final Map<String, Forward> open = new HashMap<>();

    /// @param ends where to begin in those that are there
    public Follower(Map<Printed, Long> ends) {
        ends.forEach((printed, end) -> open.put(printed.name(), new Forward(end)));
    }

    /// Tells the lines that came since the last time.
    ///
    /// @param present the files that are there now
    public void look(List<Printed> present, Instant now, Consumer<Merge.Whose> lines) {
        for (var printed : present) {
            var file = open.computeIfAbsent(printed.name(), key -> new Forward(0));
            for (var lot = file.next(printed, now); !lot.isEmpty(); lot = file.next(printed, now)) {
                lot.forEach(line -> lines.accept(new Merge.Whose(printed, line.text(), line.seen())));
            }
        }
    }
}
